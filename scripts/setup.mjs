/**
 * What a fresh machine needs before anything else can run. Plain Node and no packages, because nothing is installed yet.
 * Every problem the reader can mend is a SetupProblem: one sentence that says what to do, shown without a stack trace.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
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

/** @returns the Chromium the tests use: the one CHROMIUM names, or the first found in the usual places */
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

/** @returns the Firefox the tests use: the one FIREFOX names, or Debian's, the one that Playwright was seen to drive */
export function findFirefox() {
  return process.env.FIREFOX || ["/usr/bin/firefox-esr"].find((place) => existsSync(place));
}

/** @returns the ffmpeg that makes films: the one FFMPEG names, or the first on the PATH */
export function findFfmpeg() {
  const name = windows ? "ffmpeg.exe" : "ffmpeg";
  const usual = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
  return process.env.FFMPEG || usual.find((place) => existsSync(place));
}

/** Makes sure there is a Chromium, with Debian's own package where that needs no password. */
export function installChromium() {
  const what = { name: "Chromium", kind: "a Chromium or Chrome", variable: "CHROMIUM", debian: "chromium" };
  installPackages(what, findChromium, ["chromium", "fonts-dejavu-core"]);
}

/** The same for Firefox. */
export function installFirefox() {
  const what = { name: "Firefox", kind: "a Firefox", variable: "FIREFOX", debian: "firefox-esr" };
  installPackages(what, findFirefox, ["firefox-esr"]);
}

/** The same for ffmpeg. */
export function installFfmpeg() {
  installPackages({ name: "ffmpeg", kind: "an ffmpeg", variable: "FFMPEG", debian: "ffmpeg" }, findFfmpeg, ["ffmpeg"]);
}

function installPackages({ name, kind, variable, debian }, find, packages) {
  const found = find();
  if (found && existsSync(found)) return;
  if (found) throw new SetupProblem(`${variable} names ${found}, which does not exist: set it to the path of ${kind}, or unset it.`);

  const advice = `install one (on Debian: "sudo apt-get install ${debian}") or set ${variable} to the path of ${kind}`;
  const apt = (...args) =>
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })
      .status === 0;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    throw new SetupProblem(`There is no ${name} on this machine: ${advice}.`);

  console.log(`Installing Debian's ${debian} (apt-get) ...`);
  apt("update", "-qq"); // an old list may still do, so only the install decides
  if (!apt("install", "-y", "-qq", "--no-install-recommends", ...packages) || !find()) {
    throw new SetupProblem(`Debian's ${debian} could not be installed: ${advice}.`);
  }
}
