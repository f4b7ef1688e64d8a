// Calls of /api/v1. Every failure is an Error whose message a person understands.

const base = "api/v1";

async function call(path, options = {}) {
  const response = await fetch(`${base}/${path}`, options);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail || body.title);
  return body;
}

const json = (method, body, signal) => ({
  method, signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
});

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value != null && value !== ""));

export const records = (values, signal) => call(`records?${query({ ...values, fields: "card" })}`, { signal });
export const record = (id) => call(`records/${encodeURIComponent(id)}`);
export const similar = (id, k) => call(`records/${encodeURIComponent(id)}/similar?${query({ k, fields: "card" })}`);
export const facets = (where, signal) => call(`facets?${query({ where })}`, { signal });
export const search = (body, signal) => call("search", json("POST", { ...body, fields: "card" }, signal));
export const map = () => call("map");
export const mapMatches = (where, signal) => call(`map/matches?${query({ where })}`, { signal });
export const find = async (ids) => {
  const asked = Array.from({ length: Math.ceil(ids.length / 10_000) }, (_, at) => ids.slice(at * 10_000, (at + 1) * 10_000));
  const found = await Promise.all(asked.map((each) => call("records/find", json("POST", { ids: each, fields: "card" }))));
  return { records: found.flatMap(({ records }) => records) };
};
export const makers = (ids) => call("records/makers", json("POST", { ids }));
export const info = () => call("info");
export const jobs = () => call("jobs");
export const startJob = (paths) => call("jobs", json("POST", { paths }));
export const steerJob = (id, action) => call(`jobs/${encodeURIComponent(id)}/${action}`, { method: "POST" });
export const jobEvents = (id) => new EventSource(`${base}/jobs/${encodeURIComponent(id)}/events`);
export const tag = (ids, add, remove) => call("records/tags", json("PATCH", { ids, add, remove }));
export const suggest = (ids, language) => call("suggest", json("POST", { ids, language }));
export const remove = (ids) => call("records/remove", json("POST", { ids }));
export const prune = () => call("prune", { method: "POST" });
export const duplicates = (values) => call(`duplicates?${query(values)}`);
export const folders = () => call("folders");
export const watch = (path, on) => call("folders/watch", json("PUT", { path, on }));
export const reveal = (id) => call(`records/${encodeURIComponent(id)}/reveal`, { method: "POST" });
export const undo = () => call("undo", { method: "POST" });
export const thumbnail = (id, name = "front") => `${base}/records/${encodeURIComponent(id)}/thumbnail?name=${name}`;
export const turntable = (id) => `${base}/records/${encodeURIComponent(id)}/turntable.webp`;
export const glb = (id) => `${base}/records/${encodeURIComponent(id)}/model.glb`;

/** Search by a form: the fields of `search` with files beside them. */
export const searchForm = (form, signal) => call("search?fields=card", { method: "POST", body: form, signal });
