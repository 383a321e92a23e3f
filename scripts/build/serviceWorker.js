/**
 * Keeps one version of the page whole. A new version is fetched beside it and takes over once no window of the old one is
 * open: no page ever loads a part of another version, and none is reloaded under a person's hands.
 */
const VERSION = "VERSION";
const FILES = ["FILES"];

const PREFIX = "contpte-lab ";
const NAME = `${PREFIX}${VERSION} ${registration.scope}`;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))));
});

addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(PREFIX) && name.endsWith(` ${registration.scope}`) && name !== NAME;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  // A page is the same whatever stands after its "?".
  const kept = caches.open(NAME).then((cache) => cache.match(request, { ignoreSearch: request.mode === "navigate" }));
  event.respondWith(kept.then((response) => response ?? fetch(request)));
});
