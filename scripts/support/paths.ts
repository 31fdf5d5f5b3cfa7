import path from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const repositoryFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** Everything a run leaves behind on this machine; ignored by git and safe to delete. */
export const dataFolder = path.join(repositoryFolder, ".data");
