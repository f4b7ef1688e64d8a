"""Plots of an evaluation as SVG and HTML text, self-contained: no script, no font, no address."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

# Distinguishable with the common kinds of colour blindness (Okabe & Ito 2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a7a7a", "#b5a900")
WIDTH, HEIGHT, LEFT, BOTTOM = 640, 380, 50, 45
LARGEST_MATRIX = 30


def precision_recall_plot(curves: Mapping[str, Sequence[float]], recalls: Sequence[float]) -> str:
    """Curves by name over `recalls` (0 to 1, as the precisions), each with a table row for readers without sight of it."""
    inner_width, inner_height = WIDTH - LEFT - 140, HEIGHT - BOTTOM - 15

    def x(recall: float) -> float:
        return LEFT + recall * inner_width

    def y(precision: float) -> float:
        return 15 + (1 - precision) * inner_height

    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img"'
        ' aria-label="interpolated precision over recall, one line for each encoder">'
    ]
    parts.extend(
        f'<path d="M{x(0.0):.1f} {y(tick):.1f}H{x(1.0):.1f}" stroke="#8884" fill="none"/>'
        f'<text x="{x(0.0) - 8:.1f}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:.1f}</text>'
        f'<text x="{x(tick):.1f}" y="{y(0.0) + 18:.1f}" text-anchor="middle">{tick:.1f}</text>'
        for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    parts.append(
        f'<text x="{x(0.5):.1f}" y="{HEIGHT - 6}" text-anchor="middle">recall</text>'
        f'<text transform="translate(14 {y(0.5):.1f}) rotate(-90)" text-anchor="middle">precision</text>'
    )
    for place, (name, precisions) in enumerate(curves.items()):
        colour = COLOURS[place % len(COLOURS)]
        points = " ".join(f"{x(r):.1f},{y(p):.1f}" for r, p in zip(recalls, precisions, strict=True))
        label_y = 24 + 18 * place
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<path d="M{x(1.0) + 12:.1f} {label_y - 4}h16" stroke="{colour}" stroke-width="3"/>'
            f'<text x="{x(1.0) + 32:.1f}" y="{label_y}">{html.escape(name)}</text>'
        )
    parts.append("</svg>")
    return "".join(parts)


def line_plot(series: Mapping[str, Sequence[tuple[float, float]]], across: str, up: str) -> str:
    """Lines by name through (x, y) points; the axes run from 0 to the largest value. `across`, `up`: their names."""
    points = [point for of in series.values() for point in of]
    widest = max([1e-9, *(point[0] for point in points)])
    highest = max([1e-9, *(point[1] for point in points)])
    inner_width, inner_height = WIDTH - LEFT - 160, HEIGHT - BOTTOM - 15

    def x(value: float) -> float:
        return LEFT + value / widest * inner_width

    def y(value: float) -> float:
        return 15 + (1 - value / highest) * inner_height

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img"'
        f' font-family="sans-serif" font-size="12" aria-label="{html.escape(up)} over {html.escape(across)}">'
    ]
    parts.extend(
        f'<path d="M{x(0.0):.1f} {y(tick * highest):.1f}H{x(widest):.1f}" stroke="#8884" fill="none"/>'
        f'<text x="{x(0.0) - 8:.1f}" y="{y(tick * highest) + 4:.1f}" text-anchor="end">{tick * highest:.2g}</text>'
        f'<text x="{x(tick * widest):.1f}" y="{y(0.0) + 18:.1f}" text-anchor="middle">{tick * widest:.3g}</text>'
        for tick in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    parts.append(
        f'<text x="{x(widest / 2):.1f}" y="{HEIGHT - 6}" text-anchor="middle">{html.escape(across)}</text>'
        f'<text transform="translate(14 {y(highest / 2):.1f}) rotate(-90)" text-anchor="middle">{html.escape(up)}</text>'
    )
    for place, (name, of) in enumerate(series.items()):
        colour = COLOURS[place % len(COLOURS)]
        dashes = ' stroke-dasharray="5 3"' if place >= len(COLOURS) else ""
        line = " ".join(f"{x(across):.1f},{y(up):.1f}" for across, up in of)
        label_y = 24 + 18 * place
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
            f'<path d="M{x(widest) + 12:.1f} {label_y - 4}h16" stroke="{colour}" stroke-width="3"{dashes}/>'
            f'<text x="{x(widest) + 32:.1f}" y="{label_y}">{html.escape(name)}</text>'
        )
    parts.append("</svg>")
    return "".join(parts)


def confusion_table(confusion: Mapping[tuple[str, str], int]) -> str:
    """Rows: the query's label; columns: its first neighbour's. The labels with most queries, at most 30, then "other"."""
    totals: dict[str, int] = {}
    for (label, _), count in confusion.items():
        totals[label] = totals.get(label, 0) + count
    shown = sorted(totals, key=lambda label: (-totals[label], label))[:LARGEST_MATRIX]
    place = {label: index for index, label in enumerate(shown)}
    columns = [*shown, "other"]
    counts = [[0] * len(columns) for _ in shown]
    for (label, other), count in confusion.items():
        if label in place:
            counts[place[label]][place.get(other, len(shown))] += count
    head = "".join(f"<th scope=col>{html.escape(name)}</th>" for name in columns)
    rows: list[str] = []
    for label, row in zip(shown, counts, strict=True):
        cells = "".join(_cell(count, totals[label]) for count in row)
        rows.append(f"<tr><th scope=row>{html.escape(label)} ({totals[label]})</th>{cells}</tr>")
    return (
        "<div style='overflow-x:auto'><table><thead><tr><th scope=col>query</th>"
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(count: int, total: int) -> str:
    if count == 0:
        return "<td></td>"
    strength = round(15 + 75 * count / total)
    return f"<td style='background:color-mix(in srgb, #0072b2 {strength}%, transparent)'>{count}</td>"
