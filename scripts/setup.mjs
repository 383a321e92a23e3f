/**
 * What a fresh machine needs before anything else can run. Plain Node and no packages, because nothing is installed yet.
 * Every problem the reader can mend is a SetupProblem: one sentence that says what to do, shown without a stack trace.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export class SetupProblem extends Error {}

export const root = fileURLToPath(new URL("..", import.meta.url));

const windows = process.platform === "win32";

/** The arguments of `spawn` for a command run at the root; Windows starts npm and node_modules/.bin only through its shell. */
const command = (name, args, options) => [name, args, { cwd: root, stdio: "inherit", shell: windows, ...options }];

/** The same for a tool from node_modules; started directly, because npm would add its own lines to the output. */
export const tool = (name, args, options) => command(join("node_modules", ".bin", name), args, options);

/**
 * Runs `npm ci` unless it has already been run for this lock file on this platform; a stamp inside node_modules remembers.
 * @param folder where the package.json is, with a slash at the end
 * @param what of them, for people
 * @param tell given, standard output is left alone
 */
export function installDependencies(folder = root, what = "dependencies", tell = undefined) {
  const stamp = `${folder}node_modules/.setup-stamp`;
  const wanted = createHash("sha256")
    .update(readFileSync(`${folder}package-lock.json`))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  (tell ?? console.log)(`Installing ${what} (npm ci) ...`);
  // npm's own errors run over many lines, so they are kept back and told in one.
  const npm = spawnSync(
    ...command("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1", "--loglevel=error"], {
      cwd: folder,
      stdio: ["ignore", tell ? "ignore" : "inherit", "pipe"],
      encoding: "utf8",
    }),
  );
  if (npm.status !== 0) {
    const code = npm.error?.code ?? /npm error code (\S+)/.exec(npm.stderr)?.[1] ?? `exit ${npm.status}`;
    const offline = /^(ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|FETCH_ERROR|ENOTCACHED)/.test(code);
    throw new SetupProblem(
      offline
        ? `The dependencies could not be downloaded (${code}): connect to the network and run this again.`
        : `The dependencies could not be installed (npm ci: ${code}): run "npm ci" by itself to see why, then run this again.`,
    );
  }
  writeFileSync(stamp, wanted);
}

/** @returns the browser the tests use: the one CHROMIUM names, or the first found in the usual places */
export function findChromium() {
  const usual = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return process.env.CHROMIUM || usual.find((place) => existsSync(place));
}

/** Makes sure there is a browser, with Debian's own package where that needs no password. */
export function installChromium() {
  const found = findChromium();
  if (found && existsSync(found)) return;
  if (found)
    throw new SetupProblem(`CHROMIUM names ${found}, which does not exist: set it to the path of a Chromium or Chrome, or unset it.`);

  const advice = 'install one (on Debian: "sudo apt-get install chromium") or set CHROMIUM to the path of a Chromium or Chrome';
  const apt = (...args) =>
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })
      .status === 0;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    throw new SetupProblem(`The browser tests found no Chromium: ${advice}.`);

  console.log("Installing Debian's chromium (apt-get) ...");
  apt("update", "-qq"); // an old list may still do, so only the install decides
  if (!apt("install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core") || !findChromium()) {
    throw new SetupProblem(`Debian's chromium could not be installed: ${advice}.`);
  }
}
