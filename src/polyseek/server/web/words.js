// Every word of the page, one table a language. `{name}` is filled in by say().

const english = {
  search: "Search", searchHint: "Search words, or drop a model anywhere", byModel: "By model", filters: "Filters",
  sort: "Sort", gallery: "Models", detail: "Model", dropHere: "Find models like this", models: "{n} models",
  oneModel: "1 model", someOf: "{n} of {total}", empty: "Nothing is in this library yet.",
  emptyHint: "Add a folder in a terminal: polyseek index path/to/models. Your files are never changed.",
  noMatch: "No good match for “{query}”.", nearest: "The nearest are below.", clear: "Clear the search",
  failed: "That did not work: {reason}", gone: "The server does not answer. Trying again.",
  like: "More like this", copyPath: "Copy path", copied: "Copied", close: "Close", size: "Size", triangles: "Triangles",
  vertices: "Vertices", parts: "Parts", format: "Format", tag: "Tags", root: "Folder", licence: "Licence",
  status: "Status", has_texture: "Textured", animated: "Animated", watertight: "Watertight", yes: "yes", no: "no",
  notStated: "not stated", up: "Up axis", colours: "Colours", added: "Added", path: "Path", warnings: "Notes from reading",
  measures: "Measures", open: "open mesh", addTag: "Add a tag", removeTag: "Remove the tag {tag}", undo: "Undo",
  front: "Front", back: "Back", similarTo: "like {name}", guess: "guessed, {sure} sure", by_format: "the file says so",
  by_person: "you said so", byName: "Name", byRelevance: "Best match", byTriangles: "Most triangles", byNewest: "Newest",
  bySize: "Largest", reading: "Reading {name} …", more: "{n} more", download: "Save as GLB", missing: "The file is missing",
  material: "Material", wireframe: "Wireframe", normals: "Normals", grid: "Grid {step}", reset: "Reset view",
  noViewer: "Shown as pictures: the 3D view could not start ({reason}).",
};

const chinese = {
  search: "搜索", searchHint: "输入文字搜索，或把模型拖到页面上", byModel: "用模型搜索", filters: "筛选",
  sort: "排序", gallery: "模型", detail: "模型详情", dropHere: "查找相似的模型", models: "{n} 个模型",
  oneModel: "1 个模型", someOf: "{n} / {total}", empty: "模型库还是空的。",
  emptyHint: "在终端中添加文件夹：polyseek index 模型文件夹。不会改动你的文件。",
  noMatch: "没有找到与“{query}”足够接近的模型。", nearest: "下面是最接近的模型。", clear: "清除搜索",
  failed: "操作没有成功：{reason}", gone: "服务器没有响应，正在重试。",
  like: "更多相似模型", copyPath: "复制路径", copied: "已复制", close: "关闭", size: "尺寸", triangles: "三角形",
  vertices: "顶点", parts: "部件", format: "格式", tag: "标签", root: "文件夹", licence: "许可证",
  status: "状态", has_texture: "有贴图", animated: "有动画", watertight: "封闭", yes: "是", no: "否",
  notStated: "未注明", up: "向上轴", colours: "颜色", added: "添加时间", path: "路径", warnings: "读取时的提示",
  measures: "测量值", open: "网格不封闭", addTag: "添加标签", removeTag: "删除标签 {tag}", undo: "撤销",
  front: "正面", back: "背面", similarTo: "类似 {name}", guess: "推测，把握 {sure}", by_format: "文件中注明",
  by_person: "由你指定", byName: "名称", byRelevance: "最匹配", byTriangles: "三角形最多", byNewest: "最新",
  bySize: "最大", reading: "正在读取 {name} …", more: "还有 {n} 个", download: "另存为 GLB", missing: "文件缺失",
  material: "材质", wireframe: "线框", normals: "法线", grid: "网格 {step}", reset: "重置视角",
  noViewer: "只显示图片：三维视图无法启动（{reason}）。",
};

const table = navigator.language?.toLowerCase().startsWith("zh") ? chinese : english;

/** The words called `key`, with `{name}` places filled from `values`. */
export function say(key, values = {}) {
  return table[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Put words into every element that asks for them by data-words, data-words-label or data-words-placeholder. */
export function fillWords(root) {
  document.documentElement.lang = table === chinese ? "zh" : "en";
  for (const element of root.querySelectorAll("[data-words]")) element.textContent = say(element.dataset.words);
  for (const element of root.querySelectorAll("[data-words-label]")) element.ariaLabel = say(element.dataset.wordsLabel);
  for (const element of root.querySelectorAll("[data-words-placeholder]")) element.placeholder = say(element.dataset.wordsPlaceholder);
}
