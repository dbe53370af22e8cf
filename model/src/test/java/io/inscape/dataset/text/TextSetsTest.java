package io.inscape.dataset.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Targets;
import io.inscape.dataset.Texts;
import io.inscape.matrix.Matrix;
import io.inscape.matrix.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSetsTest {
  @TempDir private Path folder;

  /// The words stand in the lines that they have in BERT's own vocabulary.
  private static String vocabulary() {
    StringBuilder words = new StringBuilder("[PAD]\n");
    for (int id = 1; id <= 7592; id++) {
      words.append(
          switch (id) {
            case 100 -> "[UNK]";
            case 101 -> "[CLS]";
            case 102 -> "[SEP]";
            case 103 -> "[MASK]";
            case 1010 -> ",";
            case 2015 -> "##s";
            case 2088 -> "world";
            case 7592 -> "hello";
            default -> "[unused" + id + "]";
          });
      words.append('\n');
    }
    return words.toString();
  }

  private Path write(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Dataset open(Path path, Optional<String> tokenizer, Optional<Integer> tokens) {
    return TextSets.open(
            new DataRequest(
                path.toString(), Pipeline.defaults(), Optional.empty(), tokenizer, tokens))
        .orElseThrow();
  }

  private Dataset open(Path path) {
    return open(path, Optional.empty(), Optional.empty());
  }

  private static float[] row(Dataset dataset, int observation) {
    Feed feed = Feed.of(dataset.train().content(), Pipeline.defaults());
    float[] row = new float[feed.width()];
    feed.fill(observation, row, 0);
    return row;
  }

  @Test
  void encodesAsBertDoes() throws IOException {
    write("vocab.txt", vocabulary());
    write("train.txt", "greeting\tHello, worlds\nother\thello\n");
    write("test.txt", "other\tquux\n");
    Dataset read = open(folder);
    assertThat(read.classNames()).containsExactly("greeting", "other");
    assertThat(read.test().labels()).containsExactly(1);
    assertThat(((Texts) read.train().content()).text(0)).isEqualTo("Hello, worlds");
    assertThat(Feed.of(read.content(), Pipeline.defaults()).slots())
        .extracting(Feed.Slot::name)
        .containsExactly("input_ids", "attention_mask", "token_type_ids");
    assertThat(row(read, 0))
        .containsExactly(101, 7592, 1010, 2088, 2015, 102, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    assertThat(row(read, 1))
        .containsExactly(101, 7592, 102, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void cutsAndFillsToTheNumberAskedFor() throws IOException {
    Path vocabulary = write("words.txt", vocabulary());
    Path file = write("t.csv", "text,label\n\"hello, world\",1\nhello,2\n");
    Dataset read = open(file, Optional.of(vocabulary.toString()), Optional.of(3));
    assertThat(read.classNames()).containsExactly("1", "2");
    assertThat(row(read, 0)).containsExactly(101, 7592, 102, 1, 1, 1, 0, 0, 0);
    write("long.txt", "hello ".repeat(500) + "\nhello\n");
    Dataset cut =
        open(folder.resolve("long.txt"), Optional.of(vocabulary.toString()), Optional.empty());
    assertThat(Feed.of(cut.content(), Pipeline.defaults()).width()).isEqualTo(3 * 128);
    assertThat(cut.train().targets()).isEqualTo(new Targets.None(1));
  }

  @Test
  void fillsWithTheTokenThatATokenizerSays() throws IOException {
    write(
        "tokenizer.json",
        """
        {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
         "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null,
           "pad_id": 2, "pad_type_id": 0, "pad_token": "nothing"},
         "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
         "added_tokens": [], "normalizer": null, "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "a": 1, "nothing": 2}}}
        """);
    write("texts.txt", "a b a\na\n");
    Dataset read = open(folder);
    assertThat(row(read, 0)).containsExactly(1, 0, 1, 1, 1, 1, 0, 0, 0);
    Feed held = Feed.of(read.test().content(), Pipeline.defaults());
    float[] row = new float[held.width()];
    held.fill(0, row, 0);
    assertThat(row).containsExactly(1, 2, 2, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void givesTheSameNumbersOnAnyNumberOfThreads() throws IOException {
    write("vocab.txt", vocabulary());
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      lines.append("hello, world ".repeat(1 + i % 7)).append('\n');
    }
    write("train.txt", lines.toString());
    write("test.txt", "hello\n");
    Feed feed = Feed.of(open(folder).train().content(), Pipeline.defaults());
    int[] all = java.util.stream.IntStream.range(0, 600).toArray();
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      Matrix expected = feed.matrix(all, one);
      assertThat(feed.matrix(all, four).toArray()).isEqualTo(expected.toArray());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|tokenizer.json|found no tokenizer (Model missing. at line 1 column 2) at its content,"
            + " expected a tokenizer.json of Hugging Face's tokenizers; write it with"
            + " tokenizer.save_pretrained(...) or copy it from the model's folder",
        "a|vocab.txt|found no [PAD] at its lines, expected the vocab.txt of a BERT model, with"
            + " [PAD], [UNK], [CLS], [SEP]; give its tokenizer.json instead"
      })
  void refusesWhatIsNoTokenizer(String content, String name, String sentence) throws IOException {
    Path tokenizer = write(name, content);
    write("train.txt", "a\nb\n");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(InputException.Malformed.class)
        .hasMessage(tokenizer + ": " + sentence);
  }

  @Test
  void saysWhatIsWrongWithTheTexts() throws IOException {
    Path file = write("train.txt", "a\n\nb\n");
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            folder.resolve("tokenizer.json")
                + ": not found, expected the tokenizer of the texts; put the network's"
                + " tokenizer.json (or its vocab.txt) there, or name it with --tokenizer");
    write("vocab.txt", vocabulary());
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            file + ": found no text at line 2, expected a text in each line; take the line out");
    write("train.txt", "a\n\u00ff\n");
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            file + ": found bytes that are no UTF-8 at line 2, expected UTF-8; save it as UTF-8");
    write("train.txt", "a\n");
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            file
                + ": found too few texts at its lines, expected at least one to learn from and one"
                + " held back");
  }
}
