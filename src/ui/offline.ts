/** Keeps the built page for the next visit, with or without a network. The page works without it: a refusal is of no matter. */
export function keepForOffline(): void {
  const isBuilt = import.meta.env.MODE === "production";
  if (!isBuilt || !location.protocol.startsWith("http") || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => void navigator.serviceWorker.register("./sw.js").catch(() => undefined), { once: true });
}
