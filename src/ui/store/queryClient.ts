import { QueryClient } from "@tanstack/react-query";

/**
 * What the engine has answered. It is deterministic, so no answer goes stale and none is better the second time; it is
 * asked whether there is a network or not; and what it sends is new from one end to the other, so nothing is compared.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: "always", structuralSharing: false },
    },
  });
