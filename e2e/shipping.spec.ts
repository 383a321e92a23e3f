import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { expect, Lab, test, write } from "./fixtures.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** What a person does in a minute: steps, explores, edits. */
async function tryItAll(page: Page): Promise<void> {
  const lab = new Lab(page);
  await expect(lab.slider).toBeVisible();
  await lab.press("1", "2");
  await lab.expectStep(2, 2);
  await lab.press("e");
  await page.getByRole("button", { name: /Explore every interleaving/ }).click();
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Holds", { timeout: 30_000 });
  await lab.button("Close the explorer").click();
  await lab.button("Edit…").click();
  await write(lab.dialog.getByRole("textbox", { name: "Title" }), "Mine");
  await lab.dialog.getByRole("button", { name: "Open this scenario" }).click();
  await expect(lab.scenario).toHaveText("Mine");
  await lab.press("Control+k");
  await expect(lab.dialog).toHaveAccessibleName("Find a command");
}

test("the whole lab is one file that opens from disk, worker, WebAssembly and all", { tag: "@everywhere" }, async ({ page }) => {
  await page.goto(pathToFileURL(join(dist, "contpte-lab.html")).href);
  const workers = page.workers().map((worker) => worker.url());
  await tryItAll(page);
  expect([...workers, ...page.workers().map((worker) => worker.url())].every((url) => url.startsWith("blob:"))).toBe(true);
});

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** As plain a host as there is, with the build in a folder of its own. */
function hostUnder(prefix: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    try {
      if (!name.startsWith(prefix)) throw new Error("elsewhere");
      const content = readFileSync(join(dist, name.slice(prefix.length)));
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

test("the build works from any folder of a static host, and after the first visit without the host", { tag: "@everywhere" }, async ({
  page,
  errors,
}) => {
  const prefix = "/some/deep folder/";
  const server = await hostUnder(prefix);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${encodeURI(prefix)}`;
  await page.goto(address);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active);
  await page.evaluate(() => window.contpteLab.ready);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  errors.allow("net::ERR"); // the page is told that its host is gone, when it asks whether there is a new version
  errors.allow("A ServiceWorker intercepted the request"); // so Firefox calls it when a page is left that is still loading its parts
  await page.goto("about:blank");
  await page.goto(`${address}?mode=whole#v=1&scenario=unfold-race&choices=0x3`);
  await new Lab(page).expectStep(3, 3);
  await page.goto("about:blank");
  await page.goto(address);
  await tryItAll(page);
});

test("npm start serves the sources, and they work as the build does", async ({ page }) => {
  const started = spawn(process.execPath, ["scripts/main.cjs", "start"], { cwd: root });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = "";
      const listen = (text: Buffer): void => {
        said += text;
        const found = /contpte-lab is at (\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      };
      started.stdout.on("data", listen);
      started.stderr.on("data", listen);
      started.on("exit", () => reject(new Error(`npm start ended: ${said}`)));
    });
    await page.goto(address);
    await tryItAll(page);
  } finally {
    started.kill();
  }
});

test("nothing from elsewhere runs: the policy is in the page, and no script text is run", { tag: "@everywhere" }, async ({
  lab,
  page,
  errors,
}) => {
  await lab.open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
  errors.allow("violates the"); // the policy, in the words of each browser
  const reports = await page.evaluate(async () => {
    const seen: string[] = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => seen.push(effectiveDirective));
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    const style = document.createElement("style");
    style.textContent = "body { color: red }";
    document.head.append(style);
    await fetch("https://example.org/").catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return [...seen, String("ran" in window)];
  });
  expect(reports).toEqual(["script-src-elem", "style-src-elem", "connect-src", "false"]);
});

/** Of compressed script and style; what is loaded later does not count. */
const FIRST_LOAD_BYTES = 180_000;

test("the first picture needs little: all else is loaded when the page is idle or it is used", async ({ page }) => {
  const answers: Response[] = [];
  page.on("response", (answer) => answers.push(answer));
  await page.addInitScript(() => {
    globalThis.requestIdleCallback = () => 0;
  });
  await page.goto("./");
  await expect(new Lab(page).slider).toBeVisible();
  const code = answers.filter((answer) => /\.(js|css)$/.test(new URL(answer.url()).pathname));
  const sizes = await Promise.all(code.map(async (answer) => gzipSync(await answer.body()).length));
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
});

test("every package in the build stands in the list of licences, which the page leads to", async ({ lab, page }) => {
  const licenses = readFileSync(join(dist, "licenses.md"), "utf8");
  for (const name of ["preact", "zustand", "d3-scale", "radix-ui/react-dialog", "valibot", "cmdk"])
    expect(licenses).toMatch(new RegExp(`^## @?${name} \\d`, "m"));
  await lab.open();
  await lab.press("?");
  const link = lab.dialog.getByRole("link", { name: "Licences of what it contains" });
  const answer = await page.request.get(new URL((await link.getAttribute("href")) ?? "", page.url()).href);
  expect(await answer.text()).toBe(licenses);
});
