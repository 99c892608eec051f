// Where the nodes of a small network stand: springs along ties, nodes that push each other away, always the same for the same network.

export interface Spot {
  id: string;
  x: number;
  y: number;
  fixed: boolean;
}

export function laid(
  ids: string[],
  ties: [string, string, number][],
  width: number,
  height: number,
  kept: Map<string, { x: number; y: number }>,
): Spot[] {
  const spots = ids.map((id, place): Spot => {
    const known = kept.get(id);
    // the golden angle: no two begin in one place
    const [angle, far] = [place * 2.399963, 30 + 14 * Math.sqrt(place) * 3];
    return {
      id,
      x: known?.x ?? width / 2 + Math.cos(angle) * far,
      y: known?.y ?? height / 2 + Math.sin(angle) * far,
      fixed: Boolean(known),
    };
  });
  const at = new Map(spots.map((spot) => [spot.id, spot]));
  const room = Math.sqrt((width * height) / Math.max(ids.length, 1)) * 0.62;
  for (let step = 0; step < 260; step += 1) {
    const most = 24 * (1 - step / 260) + 0.5;
    const move = new Map(spots.map((spot) => [spot.id, [0, 0] as [number, number]]));
    for (const one of spots) {
      const of = move.get(one.id) ?? [0, 0];
      for (const other of spots) {
        if (one === other) continue;
        const [dx, dy] = [one.x - other.x, one.y - other.y];
        const far = Math.max(Math.hypot(dx, dy), 1);
        const push = (room * room) / (far * far);
        of[0] += (dx / far) * push * 3;
        of[1] += (dy / far) * push * 3 * (height / width);
      }
      of[0] += (width / 2 - one.x) * 0.012;
      of[1] += (height / 2 - one.y) * 0.02;
    }
    for (const [from, to, weight] of ties) {
      const [one, other] = [at.get(from), at.get(to)];
      if (!one || !other) continue;
      const [dx, dy] = [other.x - one.x, other.y - one.y];
      const far = Math.max(Math.hypot(dx, dy), 1);
      const pull = ((far - room * 0.9) / far) * (0.03 + 0.05 * weight);
      const [a, b]: [[number, number], [number, number]] = [move.get(from) ?? [0, 0], move.get(to) ?? [0, 0]];
      a[0] += dx * pull;
      a[1] += dy * pull;
      b[0] -= dx * pull;
      b[1] -= dy * pull;
    }
    for (const spot of spots) {
      if (spot.fixed && step < 200) continue;
      const [x, y] = move.get(spot.id) ?? [0, 0];
      const far = Math.max(Math.hypot(x, y), 1e-6);
      const by = Math.min(far, spot.fixed ? 2 : most);
      spot.x = Math.min(Math.max(spot.x + (x / far) * by, 46), width - 46);
      spot.y = Math.min(Math.max(spot.y + (y / far) * by, 22), height - 26);
    }
  }
  return spots;
}
