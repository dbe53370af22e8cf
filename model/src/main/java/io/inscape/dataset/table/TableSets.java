package io.inscape.dataset.table;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import io.inscape.dataset.Targets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Reads data sets of vectors from tables.
///
/// | column | is taken for |
/// |---|---|
/// | the one that the request names, else `label`, `class`, `target` or `y`, else the last one with texts | the labels: classes where it holds texts or few whole numbers, else numbers to be predicted |
/// | `split`, where there is no file of the test part | `train` or `test` |
/// | all others | features, in the order of the file |
///
/// A file is read twice: first to find out what its columns hold, then for its numbers, which are
/// kept as 32-bit floats in blocks.
public final class TableSets {
  private static final int BYTES_OF_A_LABEL = 16;

  private final DataRequest request;
  private final List<TableSource> sources;
  private final TablePlan plan;
  private final FloatRows train;
  private final FloatRows test;
  private final Optional<LabelCollector> labels;

  private TableSets(DataRequest request, List<TableSource> sources) {
    this.request = request;
    this.sources = sources;
    this.plan = TablePlan.of(sources, request.label());
    this.train = new FloatRows(plan.features().length);
    this.test = new FloatRows(plan.features().length);
    TableSource first = sources.getFirst();
    this.labels =
        plan.label() < 0
            ? Optional.empty()
            : Optional.of(
                new LabelCollector(
                    first.path(),
                    first.name(plan.label()),
                    sources.stream().anyMatch(source -> source.isText(plan.label())),
                    plan.guessed()));
  }

  /// Reads a data set, if it is a table.
  ///
  /// @param request names a file that ends in `.csv`, `.tsv` or `.parquet`, or a folder with
  ///   `train` and `test` in such files, or with one
  /// @return the data set; empty where there is no table
  /// @throws InputException when a file is damaged, a value is missing or no number, or the memory
  ///   does not hold the vectors
  public static Optional<Dataset> open(DataRequest request) {
    Path path = Path.of(request.source());
    return Parts.find(path, TableFile::isOne).map(parts -> read(request, parts));
  }

  private static Dataset read(DataRequest request, Parts parts) {
    List<TableSource> sources = new ArrayList<>();
    TableFile first = TableFile.open(parts.train());
    sources.add(TableSource.train(first));
    parts.test().ifPresent(path -> sources.add(TableSource.test(TableFile.open(path), first)));
    TableSets sets = new TableSets(request, sources);
    sets.requireRoom(Runtime.getRuntime().maxMemory());
    return sets.read();
  }

  private void requireRoom(long memory) {
    long rows = sources.stream().mapToLong(source -> source.scan().rows()).sum();
    long bytes = rows * (Float.BYTES * (long) plan.features().length + BYTES_OF_A_LABEL);
    if (rows > Integer.MAX_VALUE - 8 || bytes > memory / 2) {
      throw InputException.unsupported(
          sources.getFirst().path(),
          "the rows",
          rows
              + " rows of "
              + plan.features().length
              + " numbers, "
              + (bytes >> 20)
              + " MiB as 32-bit floats",
          "at most half of the " + (memory >> 20) + " MiB that Java may use",
          "start again with INSCAPE_JVM=-Xmx"
              + (3 * bytes / (1L << 30) + 1)
              + "g, or take fewer rows");
    }
  }

  private Dataset read() {
    MessageDigest digest = Bytes.sha256();
    for (int i = 0; i < sources.size(); i++) {
      TableSource source = sources.get(i);
      boolean held = i == 1;
      long[] index = {0};
      source.file().read(row -> add(source, row, isTest(source, row, held, index[0]++)));
      source.file().digest(digest);
    }
    requireSome(train, "to learn from");
    requireSome(test, "held back");
    List<String> names = new ArrayList<>();
    for (int column : plan.features()) {
      names.add(sources.getFirst().name(column));
    }
    LabelCollector.Found found =
        labels
            .map(LabelCollector::found)
            .orElseGet(() ->
                new LabelCollector.Found(
                    List.of(), new Targets.None(train.count()), new Targets.None(test.count())));
    return new Dataset(
        name(Path.of(request.source())),
        request.source(),
        found.classNames(),
        new Split(train.vectors(names), found.train()),
        new Split(test.vectors(names), found.test()),
        HexFormat.of().formatHex(digest.digest()));
  }

  private boolean isTest(TableSource source, Row row, boolean held, long index) {
    if (plan.split() >= 0) {
      String word = row.text(plan.split());
      return Parts.isTest(word)
          .orElseThrow(() ->
              InputException.malformed(
                  source.path(),
                  row.place() + ", column 'split'",
                  "'" + word + "'",
                  "train or test",
                  "say for each row which part it belongs to"));
    }
    return sources.size() == 1 ? Parts.isHeldBack(index, source.scan().rows()) : held;
  }

  private void add(TableSource source, Row row, boolean held) {
    FloatRows target = held ? test : train;
    float[] block = target.next();
    int at = target.offset();
    for (int column : plan.features()) {
      int place = source.at(column);
      float number = (float) row.number(place);
      if (!Float.isFinite(number)) {
        throw InputException.malformed(
            source.path(),
            row.place() + ", column '" + source.name(column) + "'",
            row.text(place),
            "numbers that 32 bits can hold, up to " + Float.MAX_VALUE,
            "scale the column first, or take it out");
      }
      block[at++] = number;
    }
    target.added();
    labels.ifPresent(collector -> collector.add(row, source.at(plan.label()), held));
  }

  private void requireSome(FloatRows rows, String what) {
    if (rows.count() == 0) {
      throw InputException.unsupported(
          sources.getFirst().path(),
          "the rows",
          "no rows " + what,
          "at least one",
          "a data set needs two rows or more, or train and test in its column split");
    }
  }

  private static String name(Path path) {
    String last = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    int dot = last.lastIndexOf('.');
    return dot > 0 && TableFile.isOne(path) ? last.substring(0, dot) : last;
  }
}
