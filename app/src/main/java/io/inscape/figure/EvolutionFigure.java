package io.inscape.figure;

import java.util.ArrayList;
import java.util.List;

/// Sequences as a picture: small multiples of the steps, trails and fields, in one SVG document
/// that needs nothing else. One column for each sequence.
///
/// All fields of a figure have one scale of speed; the fastest fiftieth of it has one colour. A
/// document is the same, byte for byte, for the same input.
public final class EvolutionFigure {
  private static final int WIDTH = 600; // of a column
  private static final int GAP = 16;
  private static final int COLUMN_GAP = 36;
  private static final int MARGIN = 24;
  private static final int HEADER = 48;
  private static final int COLUMN_TITLE = 28;
  private static final int TITLE = 22;
  private static final int LINE = 16;
  private static final int FEW = 4;
  private static final double NEARLY_ALL = 0.98;

  private final String title;
  private final List<Column> columns;
  private final List<String> classNames;
  private final String provenance;
  private final double fastest;

  /// Plans a figure.
  ///
  /// @param title what the figure shows, in words
  /// @param columns at least one
  /// @param classNames the name of each class; empty where there are none
  /// @param provenance how it was made: data set, settings, seed, version
  /// @throws IllegalArgumentException when there is no column
  public EvolutionFigure(
      String title, List<Column> columns, List<String> classNames, String provenance) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a figure needs at least one column");
    }
    this.title = title;
    this.columns = List.copyOf(columns);
    this.classNames = List.copyOf(classNames);
    this.provenance = provenance;
    this.fastest = fastest(blocks(FieldPanel.class));
  }

  /// The speed that has the last colour: nearly the greatest, so that a place or two where all is
  /// fast does not make the rest pale.
  private static double fastest(List<FieldPanel> fields) {
    double[] speeds = fields.stream().flatMapToDouble(FieldPanel::speeds).sorted().toArray();
    return speeds.length == 0 ? 0 : speeds[(int) (NEARLY_ALL * (speeds.length - 1))];
  }

  /// {@return the figure as an SVG document}
  public String svg() {
    int width = 2 * MARGIN + columns.size() * WIDTH + (columns.size() - 1) * COLUMN_GAP;
    List<Integer> tops = tops();
    EvolutionLegend legend = legend(width);
    List<String> notes = Svg.wrap(provenance, width - 2 * MARGIN);
    int notesTop = tops.getLast() + legend.height() + GAP;
    int height = notesTop + notes.size() * LINE + MARGIN / 2;
    Svg svg = Svg.begin(width, height, title, provenance);
    svg.text(MARGIN, MARGIN + 16, 18, Svg.INK, "600", title);
    for (int i = 0; i < columns.size(); i++) {
      int left = MARGIN + i * (WIDTH + COLUMN_GAP);
      svg.text(left, HEADER + MARGIN, 15, Svg.INK, "600", columns.get(i).title());
      List<Block> blocks = columns.get(i).blocks();
      for (int row = 0; row < blocks.size(); row++) {
        draw(svg, blocks.get(row), left, tops.get(row));
      }
    }
    legend.draw(svg, MARGIN, tops.getLast());
    for (int i = 0; i < notes.size(); i++) {
      svg.text(MARGIN, notesTop + (i + 1) * LINE - 4, 12, Svg.FAINT_INK, "400", notes.get(i));
    }
    return svg.end();
  }

  private EvolutionLegend legend(int width) {
    List<TrailPanel> trails = blocks(TrailPanel.class);
    boolean points =
        !blocks(Slices.class).isEmpty()
            || blocks(FieldPanel.class).stream().anyMatch(field -> !field.marks().isEmpty());
    return new EvolutionLegend(
        classNames,
        width - 2 * MARGIN,
        points,
        trails.isEmpty() ? List.of() : trails.getFirst().steps(),
        !blocks(FieldPanel.class).isEmpty(),
        fastest);
  }

  private <B extends Block> List<B> blocks(Class<B> type) {
    return columns.stream()
        .flatMap(column -> column.blocks().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /// Where each row of blocks begins, and where the last ends.
  private List<Integer> tops() {
    List<Integer> tops = new ArrayList<>();
    int top = HEADER + MARGIN + COLUMN_TITLE / 2;
    int rows = columns.stream().mapToInt(column -> column.blocks().size()).max().orElse(0);
    tops.add(top);
    for (int row = 0; row < rows; row++) {
      int tallest = 0;
      for (Column column : columns) {
        if (row < column.blocks().size()) {
          tallest = Math.max(tallest, height(column.blocks().get(row)));
        }
      }
      top += tallest + GAP;
      tops.add(top);
    }
    return tops;
  }

  private static int height(Block block) {
    return switch (block) {
      case Slices slices -> {
        int across = across(slices);
        int down = (slices.slices().size() + across - 1) / across;
        yield down * (TITLE + side(slices) + lines(slices) * LINE + GAP);
      }
      case TrailPanel trails -> TITLE + WIDTH + words(trails).size() * LINE;
      case FieldPanel field -> TITLE + WIDTH + wrapped(field.words(), WIDTH).size() * LINE;
    };
  }

  private static int across(Slices slices) {
    int count = slices.slices().size();
    return count <= FEW && count != 3 ? Math.min(2, count) : 3;
  }

  private static int side(Slices slices) {
    int across = Math.max(2, across(slices));
    return (WIDTH - (across - 1) * GAP) / across;
  }

  /// How many lines the wordiest slice has.
  private static int lines(Slices slices) {
    return slices.slices().stream()
        .mapToInt(slice -> wrapped(slice.words(), side(slices)).size())
        .max()
        .orElse(0);
  }

  private static List<String> words(TrailPanel trails) {
    List<String> words = new ArrayList<>(trails.words());
    int all = trails.labels().length;
    String some = Sparse.words(Math.min(all, TrailDrawing.MOST_TRAILS), all);
    if (!some.isEmpty()) {
      words.add(some + " trails are drawn, evenly chosen");
    }
    return wrapped(words, WIDTH);
  }

  private static List<String> wrapped(List<String> words, int width) {
    return words.stream().flatMap(line -> Svg.wrap(line, width).stream()).toList();
  }

  private void draw(Svg svg, Block block, int left, int top) {
    switch (block) {
      case Slices slices -> draw(svg, slices, left, top);
      case TrailPanel trails -> {
        svg.text(left, top + TITLE - 8, 14, Svg.INK, "600", trails.title());
        Frame frame = Frame.of(Bounds.of(trails.samples(), 2), left, top + TITLE, WIDTH);
        TrailDrawing.draw(svg, trails, frame);
        write(svg, words(trails), left, top + TITLE + WIDTH);
      }
      case FieldPanel field -> {
        svg.text(left, top + TITLE - 8, 14, Svg.INK, "600", field.title());
        Frame frame = Frame.of(field.bounds(), left, top + TITLE, WIDTH);
        FieldDrawing.draw(svg, field, frame, fastest);
        write(svg, wrapped(field.words(), WIDTH), left, top + TITLE + WIDTH);
      }
    }
  }

  private static void draw(Svg svg, Slices slices, int left, int top) {
    int across = across(slices);
    int side = side(slices);
    int step = TITLE + side + lines(slices) * LINE + GAP;
    Bounds bounds = slices.bounds();
    for (int i = 0; i < slices.slices().size(); i++) {
      Slices.Slice slice = slices.slices().get(i);
      int x = left + i % across * (side + GAP);
      int y = top + i / across * step;
      svg.text(x, y + TITLE - 8, 14, Svg.INK, "600", slice.title());
      SliceDrawing.draw(svg, slice, slices.labels(), Frame.of(bounds, x, y + TITLE, side));
      write(svg, wrapped(slice.words(), side), x, y + TITLE + side);
    }
  }

  private static void write(Svg svg, List<String> lines, int left, int top) {
    for (int i = 0; i < lines.size(); i++) {
      svg.text(left, top + (i + 1) * LINE, 12, Svg.SOFT_INK, "400", lines.get(i));
    }
  }
}
