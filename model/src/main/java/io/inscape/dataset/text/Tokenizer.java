package io.inscape.dataset.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inscape.dataset.Feed;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The rules by which texts become numbers: Hugging Face's `tokenizer.json`, or the `vocab.txt` of
/// BERT. Nothing is ever fetched; the native library comes with Inscape and is unpacked into DJL's
/// own folder (`.djl.ai` in the home, or where `DJL_CACHE_DIR` says) once.
final class Tokenizer {
  /// How many tokens a text has at most where nobody says it.
  static final int USUAL_TOKENS = 128;

  private static final int LARGEST = 256 << 20;
  private static final List<String> PADS = List.of("[PAD]", "<pad>", "<|endoftext|>");

  private final Path file;
  private final String rules;
  private final int pad;

  private Tokenizer(Path file, String rules, int pad) {
    this.file = file;
    this.rules = rules;
    this.pad = pad;
  }

  static Tokenizer open(Path file) {
    if (file.toFile().length() > LARGEST) {
      throw InputException.unsupported(
          file.toString(),
          "its size",
          (file.toFile().length() >> 20) + " MiB",
          "at most " + (LARGEST >> 20) + " MiB",
          "is it a tokenizer?");
    }
    boolean words = String.valueOf(file.getFileName()).endsWith(".txt");
    String rules = words ? WordPiece.rules(file) : Lines.decoded(file);
    try (HuggingFaceTokenizer _ = start(file, rules, 0)) {
      return new Tokenizer(file, rules, pad(JsonParser.parseString(rules).getAsJsonObject()));
    }
  }

  /// Starts the library on some rules.
  ///
  /// @param most how many tokens to cut at; 0 for no limit
  private static HuggingFaceTokenizer start(Path file, String rules, int most) {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true"); // no download, no call home
    }
    Map<String, String> options =
        most == 0
            ? Map.of("padding", "false", "truncation", "false")
            : Map.of("padding", "false", "truncation", "true", "maxLength", Integer.toString(most));
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(rules.getBytes(StandardCharsets.UTF_8)), options);
    } catch (IOException | RuntimeException e) { // the library throws plain RuntimeExceptions
      throw InputException.malformed(
          file.toString(),
          "its content",
          "no tokenizer (" + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")",
          "a tokenizer.json of Hugging Face's tokenizers",
          "write it with tokenizer.save_pretrained(...) or copy it from the model's folder");
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "the native library of the tokenizers did not start on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + e.getMessage()
              + "); only data sets of texts need it",
          e);
    }
  }

  /// The number that stands for no token.
  private static int pad(JsonObject rules) {
    if (rules.get("padding") instanceof JsonObject padding && padding.has("pad_id")) {
      return padding.get("pad_id").getAsInt();
    }
    if (rules.has("added_tokens")) {
      for (String name : PADS) {
        for (JsonElement token : rules.getAsJsonArray("added_tokens")) {
          if (token.getAsJsonObject().get("content").getAsString().equals(name)) {
            return token.getAsJsonObject().get("id").getAsInt();
          }
        }
      }
    }
    return 0;
  }

  /// How many tokens the longest of some texts has, at least 2 and at most [#USUAL_TOKENS].
  ///
  /// Long texts go first, and what cannot have more tokens than were found, for it has fewer bytes,
  /// is not looked at.
  int longest(List<String> texts) {
    List<String> longFirst =
        texts.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    int most = 2;
    try (HuggingFaceTokenizer library = start(file, rules, USUAL_TOKENS)) {
      int special = library.encode("", true, false).getIds().length;
      for (String text : longFirst) {
        int room = Math.max(0, most - special);
        if (most >= USUAL_TOKENS || text.length() <= room / 4) {
          break;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > room) {
          most = Math.max(most, library.encode(text, true, false).getIds().length);
        }
      }
    }
    return Math.min(most, USUAL_TOKENS);
  }

  /// What makes numbers of texts.
  ///
  /// @param tokens how many a text has, cut and filled; at least 2
  Texts.Encoder encoder(int tokens) {
    return new Encoder(start(file, rules, tokens), rules, tokens, pad);
  }

  /// Rows of token ids, mask and types; the native library is safe for any number of threads, and
  /// is freed when nobody holds the encoder any more.
  private record Encoder(HuggingFaceTokenizer library, String rules, int tokens, int pad)
      implements Texts.Encoder {
    @Override
    public List<Feed.Slot> slots() {
      return List.of(
          new Feed.Slot("input_ids", List.of(tokens)),
          new Feed.Slot("attention_mask", List.of(tokens)),
          new Feed.Slot("token_type_ids", List.of(tokens)));
    }

    @Override
    public void encode(String text, float[] target, int offset) {
      Encoding encoding = library.encode(text, true, false);
      put(encoding.getIds(), pad, target, offset);
      put(encoding.getAttentionMask(), 0, target, offset + tokens);
      put(encoding.getTypeIds(), 0, target, offset + 2 * tokens);
    }

    private void put(long[] numbers, int rest, float[] target, int offset) {
      int count = Math.min(tokens, numbers.length);
      for (int i = 0; i < count; i++) {
        target[offset + i] = numbers[i];
      }
      Arrays.fill(target, offset + count, offset + tokens, rest);
    }
  }
}
