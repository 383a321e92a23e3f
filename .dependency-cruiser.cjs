/** The arrows of the house: engine -> protocol -> ui, and inside the engine hardware -> routine -> kernel -> linux -> scenario -> machine -> explore -> story -> compare -> promela -> the rest. */
const engine = "^src/engine/";
/** Tests look at everything; what only they use lives in `testing`. */
const tests = "\\.test\\.tsx?$|/testing/";
const never = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** From the bottom up: each may know those before it. */
const layers = [
  "hardware/",
  "routine",
  "kernel/",
  "linux/",
  "scenario/",
  "machine/",
  "explore/",
  "story/",
  "compare/",
  "promela/",
  "(lab|headless|view|exploring|host|protocol|client|worker|cli)",
];
const staysBelow = layers
  .slice(0, -1)
  .map((layer, n) =>
    never(
      `${layer.replace("/", "")}-stays-below`,
      "a layer knows only those below it",
      { path: `${engine}${layer}`, pathNot: tests },
      { path: layers.slice(n + 1).map((above) => `${engine}${above}`) },
    ),
  );

module.exports = {
  forbidden: [
    ...staysBelow,
    never("no-circular", "import cycles hide which layer is below", {}, { circular: true }),
    never("engine-knows-no-page", "the engine runs without a page", { path: engine, pathNot: tests }, { path: "^src/(ui|stories)/" }),
    never(
      "engine-packages",
      "the engine is plain TypeScript; valibot checks documents",
      { path: engine, pathNot: `${tests}|cli\\.ts$` },
      { dependencyTypes: ["npm", "npm-dev", "core"], pathNot: "node_modules/valibot" },
    ),
    never(
      "machine-takes-any-routines",
      "the machine runs whatever a provider gives it; of the kernel it uses only values, not routines",
      { path: `${engine}machine/`, pathNot: tests },
      { path: `${engine}kernel/`, pathNot: `${engine}kernel/(pte|kernel)\\.ts$` },
    ),
    never(
      "worker-only-passes-on",
      "the worker decodes, calls and posts",
      { path: `${engine}worker` },
      { pathNot: `${engine}(host|protocol|wire)\\.ts$|^virtual:inner-loop$` },
    ),
    never("testing-is-for-tests", "what only tests use is used only by tests", { path: "^src/", pathNot: tests }, { path: "/testing/" }),
    never(
      "ui-through-the-protocol",
      "the page sees the engine through protocol types, one client and the wire to its worker, which it starts",
      { path: "^src/ui/", pathNot: `${tests}|ui/engineWorkerInside\\.ts$` },
      { path: engine, pathNot: `${engine}(protocol|client|wire)\\.ts$` },
    ),
    never(
      "linux-is-another-provider",
      "the kernel's own code stands beside ours: it may know the hardware, what a routine is, and the kernel's values, not our routines",
      { path: `${engine}linux/`, pathNot: tests },
      { path: "^src/", pathNot: `${engine}(hardware/|linux/|routine\\.ts$|kernel/kernel\\.ts$)` },
    ),
    never("conformance-stands-outside", "nothing needs what compares", { path: "^(src|e2e|linux)/" }, { path: "^conformance/" }),
    never(
      "compiler-for-the-command",
      "only the command line may need a compiler",
      { path: "^(src|e2e)/", pathNot: `${engine}cli\\.ts$` },
      { path: "^linux/" },
    ),
    never(
      "compiler-on-demand",
      "whoever names no kernel tree needs none",
      { path: `${engine}cli\\.ts$` },
      { path: "^linux/", dynamic: false },
    ),
    never(
      "compiler-late",
      "100 MB are loaded only to compile",
      { path: "^(linux|conformance)/" },
      { path: "^linux/toolchain", dynamic: false },
    ),
    never("stories-are-data", "stories know nothing of the page", { path: "^src/stories/", pathNot: tests }, { path: "^src/ui/" }),
    never("nothing-shared", "the project stands alone", {}, { path: "(^|/)shared/", pathNot: "^src/ui/shared/" }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
  },
};
