/** npm start: from a fresh clone to the page in a browser, with one command. */
import { installDependencies, root, SetupProblem } from "./setup.mjs";

try {
  installDependencies();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exit(1);
}

// Imported late: before installDependencies there may be no Vite.
const { createServer } = await import("vite");
const server = await createServer({ root, server: { host: "127.0.0.1", port: 5173 } }); // a busy port moves Vite on to the next
await server.listen();
console.log(`contpte-lab is at ${server.resolvedUrls.local[0]} (Ctrl-C stops it)`);
