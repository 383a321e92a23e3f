/** Which of the properties that are asked for can be judged on some code, and which not. */
import type { Subject } from "./explore.ts";
import type { PropertyId } from "./properties/property.ts";

/** @returns those of which something can be said on all of the code */
export const judgedOn = (subjects: readonly Subject[], asked: readonly PropertyId[]): readonly PropertyId[] =>
  asked.filter((id) => subjects.every(({ unjudged }) => !unjudged?.has(id)));

/** The subject, with nothing said of properties that nobody asks for. */
export const askedOf = <S extends Subject>(subject: S, asked: readonly PropertyId[]): S => ({
  ...subject,
  unjudged: new Map([...(subject.unjudged ?? [])].filter(([id]) => asked.includes(id))),
});
