package io.inscape.study.table;

import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A table with a row for each place on some axes, and a column for each array over them.
final class AxisTable {
  private static final int BLOCK = 1 << 16;
  private static final List<String> PLACES = List.of("x", "y", "z");

  private final Study study;
  private final AnalysisResult result;
  private final List<String> keys;
  private final RowChoice rows;
  private final Map<String, Integer> sizes = new HashMap<>();
  private final List<Member> members = new ArrayList<>();
  private int[] live = {};

  /// One column of the table: an array, where it begins, and how far apart its elements are along
  /// each key axis.
  @SuppressWarnings("ArrayRecordComponent") // goes straight to a block
  private record Member(
      String name, float @Nullable [] floats, int @Nullable [] ints, int offset, int[] strides) {
    TableField field() {
      return new TableField(name, floats == null ? TableType.INT32 : TableType.FLOAT32);
    }

    Cells cells(int[][] places) {
      int count = places[0].length;
      int[] at = new int[count];
      for (int row = 0; row < count; row++) {
        at[row] = offset;
        for (int axis = 0; axis < strides.length; axis++) {
          at[row] += strides[axis] * places[axis][row];
        }
      }
      if (floats != null) {
        float[] values = new float[count];
        for (int row = 0; row < count; row++) {
          values[row] = floats[at[row]];
        }
        return new Cells.Floats(values);
      }
      int[] source = ints == null ? new int[0] : ints;
      return new Cells.Ints(IntStream.of(at).map(place -> source[place]).toArray());
    }
  }

  AxisTable(Study study, AnalysisResult result, List<String> keys, RowChoice rows) {
    this.study = study;
    this.result = result;
    this.keys = keys;
    this.rows = rows;
  }

  /// Adds the columns of an array.
  ///
  /// @param axes of the array, `*` behind those that become columns
  void add(String name, Column column, List<String> axes) {
    int[] shape = column.shape();
    int[] strides = new int[keys.size()];
    List<Part> parts = new ArrayList<>(List.of(new Part(0, "")));
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      String key = axes.get(axis);
      if (key.endsWith("*")) {
        parts = spread(parts, key, shape[axis], stride);
      } else {
        strides[keys.indexOf(key)] = stride;
        sizes.put(key, shape[axis]);
      }
      stride *= shape[axis];
    }
    boolean whole = column.type().equals("int32");
    if (axes.equals(List.of("live")) && whole) {
      live = column.ints(); // the units' numbers are what the axis is called by
      return;
    }
    boolean main = name.equals("layout") || name.equals("layouts") || name.equals("bundled");
    String head = main ? "" : Records.snake(name);
    for (Part part : parts) {
      String title = part.title().isEmpty() ? Records.snake(name) : joined(head, part.title());
      members.add(
          new Member(
              title,
              whole ? null : column.floats(),
              whole ? column.ints() : null,
              part.offset(),
              strides));
    }
  }

  private record Part(int offset, String title) {}

  private List<Part> spread(List<Part> parts, String axis, int size, int stride) {
    List<Part> all = new ArrayList<>();
    for (int at = 0; at < size; at++) {
      String title =
          switch (axis) {
            case "dim*" -> PLACES.get(at);
            case "state*" -> at == 0 ? "before" : "after";
            case "class*" -> study.info().dataset().classNames().get(at);
            default -> Integer.toString(at);
          };
      for (Part part : parts) {
        all.add(new Part(part.offset() + at * stride, joined(title, part.title())));
      }
    }
    return all;
  }

  private static String joined(String head, String tail) {
    return head.isEmpty() || tail.isEmpty() ? head + tail : head + "_" + tail;
  }

  Table table(Map<String, String> provenance) {
    ObservationCells observations = new ObservationCells(study);
    List<int[]> picks = new ArrayList<>();
    long total = 1;
    for (String key : keys) {
      int[] pick =
          key.equals("observation") ? rows.rows() : IntStream.range(0, size(key)).toArray();
      picks.add(pick);
      total *= pick.length;
    }
    List<TableField> fields = new ArrayList<>();
    keys.forEach(key -> fields.addAll(fields(key, observations)));
    members.forEach(member -> fields.add(member.field()));
    long count = total;
    return new Table(
        String.join("_", keys),
        fields,
        count,
        provenance,
        block -> {
          for (long from = 0; from < count; from += BLOCK) {
            int[][] places = places(picks, from, (int) Math.min(BLOCK, count - from));
            List<Cells> cells = new ArrayList<>();
            for (int axis = 0; axis < keys.size(); axis++) {
              cells.addAll(cells(keys.get(axis), places[axis], observations));
            }
            members.forEach(member -> cells.add(member.cells(places)));
            block.accept(cells);
          }
        });
  }

  private int size(String key) {
    return sizes.getOrDefault(key, 0);
  }

  /// Where some rows are on each axis, the last axis running fastest.
  private static int[][] places(List<int[]> picks, long from, int count) {
    int[][] places = new int[picks.size()][count];
    for (int row = 0; row < count; row++) {
      long rest = from + row;
      for (int axis = picks.size() - 1; axis >= 0; axis--) {
        int[] pick = picks.get(axis);
        places[axis][row] = pick[(int) (rest % pick.length)];
        rest /= pick.length;
      }
    }
    return places;
  }

  private List<TableField> fields(String key, ObservationCells observations) {
    return switch (key) {
      case "observation" -> observations.fields();
      case "step", "move" ->
          List.of(
              new TableField("step", TableType.INT32), new TableField("step_name", TableType.TEXT));
      case "class" ->
          List.of(
              new TableField("class", TableType.INT32), new TableField("label", TableType.TEXT));
      case "live", "unit" -> List.of(new TableField("unit", TableType.INT32));
      default -> List.of(new TableField(key, TableType.INT32));
    };
  }

  private List<Cells> cells(String key, int[] places, ObservationCells observations) {
    return switch (key) {
      case "observation" -> observations.cells(places);
      case "step" -> List.of(new Cells.Ints(places), new Cells.Texts(names(), places));
      case "move" -> {
        int[] arrived = IntStream.of(places).map(place -> place + 1).toArray();
        yield List.of(new Cells.Ints(arrived), new Cells.Texts(names(), arrived));
      }
      case "class" ->
          List.of(
              new Cells.Ints(places), new Cells.Texts(study.info().dataset().classNames(), places));
      case "live" -> List.of(new Cells.Ints(IntStream.of(places).map(at -> live[at]).toArray()));
      case "epoch" -> List.of(new Cells.Ints(IntStream.of(places).map(this::epoch).toArray()));
      default -> List.of(new Cells.Ints(places));
    };
  }

  private int epoch(int place) {
    return result.report().get("epochs") instanceof List<?> epochs
            && place < epochs.size()
            && epochs.get(place) instanceof Number epoch
        ? epoch.intValue()
        : place;
  }

  /// What the steps are called; their numbers where the report does not say.
  private List<String> names() {
    List<String> names = new ArrayList<>();
    if (result.report().get("names") instanceof List<?> known) {
      known.forEach(name -> names.add(String.valueOf(name)));
    }
    for (int step = names.size(); step <= size("step") + size("move"); step++) {
      names.add(Integer.toString(step));
    }
    return names;
  }
}
