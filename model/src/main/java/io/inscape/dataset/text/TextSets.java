package io.inscape.dataset.text;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Split;
import io.inscape.dataset.Targets;
import io.inscape.dataset.Texts;
import io.inscape.dataset.table.LabelCollector;
import io.inscape.dataset.table.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads data sets of texts.
///
/// | what is asked for | texts | labels |
/// |---|---|---|
/// | a `.txt` file, or a folder with `train.txt` and `test.txt` | the lines | what stands before the first tab, where every line has one |
/// | a table, or a folder with `train` and `test` as tables, with a column `text` | that column | the column that the request names, else `label`, `class`, `target` or `y` |
///
/// The tokenizer is the file that the request names, else `tokenizer.json` or `vocab.txt` beside
/// the texts.
public final class TextSets {
  private static final List<String> TOKENIZERS = List.of("tokenizer.json", "vocab.txt");
  private static final List<String> OTHERS = List.of("vocab.txt", "classes.txt", "readme.txt");
  private static final int PART_OF_MEMORY = 4;

  private TextSets() {}

  /// Reads a data set, if it is of texts.
  ///
  /// @param request names a file or a folder
  /// @return the data set; empty where there are no texts
  /// @throws InputException when a file is damaged, or no tokenizer is there
  public static Optional<Dataset> open(DataRequest request) {
    Path path = Path.of(request.source());
    Optional<Path> tokenizer =
        request
            .tokenizer()
            .map(Path::of)
            .or(() ->
                TOKENIZERS.stream()
                    .map(name ->
                        Files.isDirectory(path) ? path.resolve(name) : path.resolveSibling(name))
                    .filter(Files::isRegularFile)
                    .findFirst());
    return parts(path, tokenizer.isPresent()).map(parts -> read(request, parts, tokenizer));
  }

  /// What makes numbers of texts, by the rules of a file.
  ///
  /// @param tokenizer a `tokenizer.json` or `vocab.txt`
  /// @param tokens how many a text has, cut and filled; at least 2
  /// @return an encoder
  /// @throws InputException when the file is none of them
  public static Texts.Encoder encoder(Path tokenizer, int tokens) {
    if (!Files.isRegularFile(tokenizer)) {
      throw InputException.missing(
          tokenizer.toString(), "the tokenizer of the texts", "put it there again");
    }
    return Tokenizer.open(tokenizer).encoder(tokens);
  }

  /// A folder without a tokenizer is one of texts only where it says so: many have a text in them.
  private static Optional<Parts> parts(Path path, boolean hasTokenizer) {
    Optional<Parts> tables = Optional.empty();
    if (Files.isRegularFile(path) || hasTable(path)) {
      tables = Parts.find(path, TextTable::isOne);
    }
    if (tables.isPresent()) {
      return tables;
    }
    boolean named =
        Files.isRegularFile(path) || hasTokenizer || Files.isRegularFile(path.resolve("train.txt"));
    return named ? Parts.find(path, TextSets::isLines) : Optional.empty();
  }

  private static boolean hasTable(Path folder) {
    return Files.isDirectory(folder)
        && Parts.files(folder).stream().filter(TextTable::isOne).limit(1).count() > 0;
  }

  private static boolean isLines(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".txt") && !OTHERS.contains(name);
  }

  private static Dataset read(DataRequest request, Parts parts, Optional<Path> tokenizer) {
    List<Path> files = Stream.concat(Stream.of(parts.train()), parts.test().stream()).toList();
    Path rules =
        tokenizer.orElseThrow(() ->
            InputException.missing(
                parts.train().resolveSibling(TOKENIZERS.getFirst()).toString(),
                "the tokenizer of the texts",
                "put the network's tokenizer.json (or its vocab.txt) there, or name it with"
                    + " --tokenizer"));
    requireRoom(files, Runtime.getRuntime().maxMemory());
    List<Entries> read =
        files.stream()
            .map(file ->
                isLines(file) ? TextLines.read(file) : TextTable.read(file, request.label()))
            .toList();
    if (read.stream().anyMatch(entries -> entries.labels().isEmpty())) { // all have them, or none
      read = read.stream().map(Entries::unlabelled).toList();
    }
    Entries train = read.getFirst();
    Entries test = read.getLast();
    if (read.size() == 1) {
      Entries all = read.getFirst();
      train = all.part(false);
      test = all.part(true);
    }
    requireSome(files.getFirst(), train);
    requireSome(files.getLast(), test);
    return dataset(request, files, rules, train, test);
  }

  private static Dataset dataset(
      DataRequest request, List<Path> files, Path rules, Entries train, Entries test) {
    LabelCollector.Found found =
        train.labels().isEmpty()
            ? new LabelCollector.Found(
                List.of(),
                new Targets.None(train.texts().size()),
                new Targets.None(test.texts().size()))
            : LabelCollector.of(files.getFirst().toString(), train.labels(), test.labels());
    List<String> all = new ArrayList<>(train.texts());
    all.addAll(test.texts());
    Tokenizer tokenizer = Tokenizer.open(rules);
    Texts.Encoder encoder =
        tokenizer.encoder(request.tokens().orElseGet(() -> tokenizer.longest(all)));
    return new Dataset(
        name(request.source()),
        request.source(),
        found.classNames(),
        new Split(Texts.of(train.texts(), encoder), found.train()),
        new Split(Texts.of(test.texts(), encoder), found.test()),
        digest(files, rules));
  }

  /// Texts take at most two bytes for each of the file's, and are copied once.
  private static void requireRoom(List<Path> files, long memory) {
    long bytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
    if (bytes > memory / PART_OF_MEMORY) {
      throw InputException.unsupported(
          files.getFirst().toString(),
          "its size",
          (bytes >> 20) + " MiB of texts",
          "at most " + ((memory / PART_OF_MEMORY) >> 20) + " MiB, a quarter of what Java may use",
          "start again with INSCAPE_JVM=-Xmx"
              + (PART_OF_MEMORY * bytes / (1L << 30) + 1)
              + "g, or take fewer texts");
    }
  }

  private static void requireSome(Path file, Entries entries) {
    if (entries.texts().isEmpty()) {
      throw InputException.unsupported(
          file.toString(),
          "its lines",
          "too few texts",
          "at least one to learn from and one held back",
          "");
    }
  }

  private static String digest(List<Path> files, Path rules) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        digest.update(Lines.bytes(file));
      }
      digest.update(Lines.bytes(rules));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static String name(String source) {
    String last = String.valueOf(Path.of(source).toAbsolutePath().normalize().getFileName());
    int dot = last.lastIndexOf('.');
    return dot > 0 && Files.isRegularFile(Path.of(source)) ? last.substring(0, dot) : last;
  }

  /// Texts with their labels.
  ///
  /// @param texts one for each observation
  /// @param labels one for each, or none at all
  record Entries(List<String> texts, List<String> labels) {
    Entries unlabelled() {
      return new Entries(texts, List.of());
    }

    /// The training or the test part where one file holds both.
    Entries part(boolean held) {
      List<String> partTexts = new ArrayList<>();
      List<String> partLabels = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        if (Parts.isHeldBack(i, texts.size()) == held) {
          partTexts.add(texts.get(i));
          if (!labels.isEmpty()) {
            partLabels.add(labels.get(i));
          }
        }
      }
      return new Entries(partTexts, partLabels);
    }
  }
}
