/**
 * The way in to `npm start` and `npm test`: says in one sentence that a Node is too old.
 * In the JavaScript of 2009, because a Node that is too old must still be able to read it.
 */
var parts = process.versions.node.split(".");
var major = Number(parts[0]);
var minor = Number(parts[1]);

// The versions that every tool in the lock file accepts; npm refuses to install on any other.
if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24)) {
  console.error("Node " + process.versions.node + " will not do: install Node 20.19, 22.13, 24 or newer and run this again.");
  process.exit(1);
}

void import("./" + process.argv[2] + ".mjs");
