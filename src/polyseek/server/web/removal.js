// Taking models out of the library, which leaves their files alone, and bringing them back.
import * as api from "./api.js";
import { toast } from "./message.js";
import { models } from "./numbers.js";
import { say } from "./words.js";

/** Take the models with these ids out; `onChanged()` then, and after they were brought back. */
export const takeOut = (ids, onChanged) => edit(async () => {
  const { removed } = await api.remove(ids);
  return say("takenOut", { models: models(removed) });
}, onChanged);

/** Forget the models whose files are missing. */
export const forgetMissing = (onChanged) => edit(async () => {
  const { pruned } = await api.prune();
  return say("forgotten", { models: models(pruned) });
}, onChanged);

async function edit(work, onChanged) {
  try {
    const said = await work();
    onChanged();
    toast(said, say("undo"), async () => {
      await api.undo();
      onChanged();
    });
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
}
