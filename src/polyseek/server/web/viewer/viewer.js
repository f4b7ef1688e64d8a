// The 3D viewer: orbit, pan and zoom around one model in metres, on a grid with a scale.
import {
  AmbientLight, Box3, Color, DirectionalLight, GridHelper, Group, HemisphereLight, LineSegments, Mesh, MeshNormalMaterial,
  PerspectiveCamera, Scene, SRGBColorSpace, Vector3, WebGLRenderer, WireframeGeometry, LineBasicMaterial,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

const yaw = (35 * Math.PI) / 180;
const pitch = (20 * Math.PI) / 180;

/**
 * Show the GLB at `url` in `container`. Resolves once it is drawn, to
 * { shade("material" | "wireframe" | "normals"), grid(on), reset(), step, dispose() }; `step` is the
 * grid's cell in metres. Rejects where WebGL is missing or the model cannot be loaded.
 */
export async function showModel(container, url) {
  const renderer = new WebGLRenderer({ antialias: true, alpha: true });
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
  const scene = new Scene();
  const model = (await new GLTFLoader().loadAsync(url)).scene;
  const box = new Box3().setFromObject(model);
  const centre = box.getCenter(new Vector3());
  const radius = Math.max(box.getSize(new Vector3()).length() / 2, 1e-6);
  const camera = new PerspectiveCamera(28, 1, radius / 100, radius * 100);
  scene.add(model, ...lights(radius, centre), camera);
  const { grid, step } = floor(box, radius, container);
  scene.add(grid);
  const overlay = new Group();
  scene.add(overlay);

  const controls = new OrbitControls(camera, renderer.domElement);
  const draw = () => renderer.render(scene, camera);
  controls.addEventListener("change", draw);

  function reset() {
    const distance = radius / Math.sin((14 * Math.PI) / 180) / Math.min(1, camera.aspect) / 0.95;
    camera.position.set(Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)).multiplyScalar(distance).add(centre);
    controls.target.copy(centre);
    controls.update();
    draw();
  }

  function resize() {
    const { clientWidth, clientHeight } = container;
    if (!clientWidth || !clientHeight) return;
    renderer.setSize(clientWidth, clientHeight);
    camera.aspect = clientWidth / clientHeight;
    camera.updateProjectionMatrix();
    draw();
  }

  function shade(mode) {
    overlay.clear();
    scene.overrideMaterial = mode === "normals" ? new MeshNormalMaterial() : null;
    if (mode === "wireframe") {
      const ink = new LineBasicMaterial({ color: new Color(getComputedStyle(container).color) });
      model.updateWorldMatrix(true, true);
      model.traverse((node) => {
        if (!(node instanceof Mesh)) return;
        const lines = new LineSegments(new WireframeGeometry(node.geometry), ink);
        lines.matrixAutoUpdate = false;
        lines.matrix.copy(node.matrixWorld);
        overlay.add(lines);
      });
    }
    model.visible = mode !== "wireframe";
    draw();
  }

  const observer = new ResizeObserver(resize);
  observer.observe(container);
  container.append(renderer.domElement);
  resize();
  reset();
  return {
    shade, reset, step,
    grid(on) { grid.visible = on; draw(); },
    dispose() {
      observer.disconnect();
      controls.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
      renderer.domElement.remove();
    },
  };
}

function lights(radius, centre) {
  const from = (x, y, z, strength) => {
    const light = new DirectionalLight(0xffffff, strength);
    light.position.set(x, y, z).multiplyScalar(radius * 3).add(centre);
    light.target.position.copy(centre);
    light.target.updateMatrixWorld();
    return light;
  };
  return [new HemisphereLight(0xffffff, 0xb8b0a4, 1.6), new AmbientLight(0xffffff, 0.3), from(0.6, 1, 0.8, 1.9), from(-0.8, 0.3, 0.4, 0.5), from(0, 0.5, -1, 0.6)];
}

/** A grid under the model whose cells are a round length (1, 2 or 5 times a power of ten metres). */
function floor(box, radius, container) {
  const wanted = radius / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [5, 2, 1].map((n) => n * power).find((n) => n <= wanted) ?? power;
  const cells = 2 * Math.ceil((radius * 1.6) / step);
  const line = new Color(getComputedStyle(container).borderTopColor);
  const grid = new GridHelper(cells * step, cells, line, line);
  const middle = box.getCenter(new Vector3());
  grid.position.set(middle.x, box.min.y, middle.z);
  return { grid, step };
}
