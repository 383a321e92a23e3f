/** The arrows of the house: engine -> protocol -> ui, and inside the engine hardware -> routine -> kernel -> scenario -> machine. */
const engine = "^src/engine/";
const never = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const below = (folder, others) =>
  never(
    `${folder}-stays-below`,
    `${folder} knows nothing of ${others.join(", ")}`,
    { path: `${engine}${folder}/` },
    { path: others.map((o) => `${engine}${o}`) },
  );

module.exports = {
  forbidden: [
    never("no-circular", "import cycles hide which layer is below", {}, { circular: true }),
    never("engine-knows-no-page", "the engine runs without a page", { path: engine }, { path: "^src/(ui|stories)/" }),
    never(
      "engine-packages",
      "the engine is plain TypeScript; valibot checks documents",
      { path: engine, pathNot: "\\.test\\.ts$|cli\\.ts$" },
      { dependencyTypes: ["npm", "npm-dev", "core"], pathNot: "node_modules/valibot" },
    ),
    below("hardware", ["routine", "kernel", "scenario", "machine", "lab", "protocol"]),
    below("kernel", ["scenario", "machine", "lab", "protocol"]),
    below("scenario", ["machine", "lab", "protocol"]),
    below("machine", ["lab", "protocol", "client", "worker", "cli"]),
    never(
      "machine-takes-any-routines",
      "the machine runs whatever a provider gives it; of the kernel it uses only values, not routines",
      { path: `${engine}machine/`, pathNot: "\\.test\\.ts$" },
      { path: `${engine}kernel/`, pathNot: `${engine}kernel/(pte|kernel)\\.ts$` },
    ),
    never(
      "ui-through-the-protocol",
      "the page sees the engine through protocol types and one client",
      { path: "^src/ui/", pathNot: "\\.test\\.tsx?$" },
      { path: engine, pathNot: `${engine}(protocol|client)\\.ts$` },
    ),
    never(
      "stories-are-data",
      "stories import nothing but types",
      { path: "^src/stories/", pathNot: "\\.test\\.ts$" },
      { path: "^src/ui/" },
    ),
    never("nothing-shared", "the project stands alone", {}, { path: "(^|/)shared/" }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
  },
};
