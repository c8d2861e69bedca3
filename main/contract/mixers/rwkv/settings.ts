/** RWKV-4, arXiv 2305.13048, has no keys besides those that all models have. */
export const rwkvSettings = {};
