/**
 * For Vite: the licence of every package that is in the build, in one file beside it. Vite's own list leaves out what only
 * the worker has.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string | undefined;
}

const HEAD = `# Licences

contpte-lab is under the MIT licence. Its page contains these packages.
`;

/** @returns one plugin for the page and one for its worker, which is built first */
export function licensePlugins(): { readonly page: Plugin; readonly worker: Plugin } {
  const packages = new Map<string, Package>();
  const note = (ids: readonly string[]): void => {
    for (const id of ids) {
      const found = packageOf(id);
      if (found !== undefined) packages.set(`${found.name}@${found.version}`, found);
    }
  };
  const noting = (name: string): Plugin => ({
    name,
    apply: "build",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) if (file.type === "chunk") note(file.moduleIds);
    },
  });
  return {
    worker: noting("licences-of-worker"),
    page: {
      ...noting("licences"),
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) if (file.type === "chunk") note(file.moduleIds);
        const parts = [...packages.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => partOf(found));
        this.emitFile({ type: "asset", fileName: "licenses.md", source: [HEAD, ...parts].join("\n") });
      },
    },
  };
}

/** The package that a module belongs to. */
function packageOf(id: string): Package | undefined {
  const path = id.replace(/^\0/, "").replace(/\?.*$/, "");
  if (!path.includes("/node_modules/")) return undefined;
  let folder = dirname(path);
  while (!isPackage(folder)) folder = dirname(folder);
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
  if (typeof license !== "string") throw new Error(`${name} does not say what its licence is`);
  const file = readdirSync(folder).find((known) => /^licen[cs]e/i.test(known));
  return { name, version, license, text: file && readFileSync(join(folder, file), "utf8").trim() };
}

/** Some packages have more package.json files inside, which name nothing. */
const isPackage = (folder: string): boolean => {
  const file = join(folder, "package.json");
  return existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as Partial<Package>).version !== undefined;
};

const partOf = ({ name, version, license, text }: Package): string => {
  const told = text === undefined ? "It comes without a text of its licence." : text.replace(/^/gm, "> ");
  return `## ${name} ${version} (${license})\n\n${told}\n`;
};
