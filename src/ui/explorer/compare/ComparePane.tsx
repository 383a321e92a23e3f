import type { ActorView } from "../../../engine/protocol.ts";
import { useCompared, useComparerState } from "../ExplorerContext.tsx";
import { FaultView } from "../FaultView.tsx";
import { ProgressView } from "../ProgressView.tsx";
import { CompareForm } from "./CompareForm.tsx";
import { CompareView } from "./CompareView.tsx";
import { SIDE_WORDS } from "./compareText.ts";

/** What if: one scenario under two kernels. */
export function ComparePane({ actors }: { actors: readonly ActorView[] }) {
  const running = useComparerState((state) => state.running);
  const fault = useComparerState((state) => state.fault);
  const found = useCompared();
  return (
    <>
      <CompareForm actors={actors} />
      {running && <ProgressView running={running} which={running.progress && SIDE_WORDS[running.progress.side]} />}
      {fault !== undefined && <FaultView message={fault} />}
      {found && <CompareView {...found} actors={actors} />}
    </>
  );
}
