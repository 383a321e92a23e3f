/**
 * For Vite: the Content-Security-Policy of the built page, in the page itself, so that any static host has it. Scripts and
 * styles are the build's own; WebAssembly may be compiled, text may not be run.
 */
import type { Plugin } from "vite";

const POLICY: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'none'"],
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "worker-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:", "blob:"],
  "connect-src": ["'self'"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
};

/** @param changes of the usual policy: what stands in the place of a directive's sources */
export function policyText(changes: typeof POLICY = {}): string {
  return Object.entries({ ...POLICY, ...changes })
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}

export const policyPlugin: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policyText() }, injectTo: "head-prepend" },
  ],
};
