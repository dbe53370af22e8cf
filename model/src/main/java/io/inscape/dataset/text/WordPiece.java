package io.inscape.dataset.text;

import com.google.gson.Gson;
import io.inscape.dataset.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The rules of BERT's tokenizer for its `vocab.txt`: one word or piece of a word in each line, the
/// number of the line less one is its id.
///
/// Texts are made lower case where no word has a capital letter, as in the models called uncased.
final class WordPiece {
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final List<String> NEEDED = SPECIAL.subList(0, 4);

  private WordPiece() {}

  /// {@return the rules as Hugging Face's library reads them}
  static String rules(Path vocabulary) {
    List<String> lines = Lines.of(vocabulary);
    Map<String, Integer> ids = new LinkedHashMap<>();
    boolean capitals = false;
    for (int i = 0; i < lines.size(); i++) {
      String word = lines.get(i).strip();
      ids.putIfAbsent(word, i);
      boolean special = word.startsWith("[") && word.endsWith("]");
      capitals |= !special && !word.equals(word.toLowerCase(Locale.ROOT));
    }
    for (String word : NEEDED) {
      if (!ids.containsKey(word)) {
        throw InputException.malformed(
            vocabulary.toString(),
            "its lines",
            "no " + word,
            "the vocab.txt of a BERT model, with " + String.join(", ", NEEDED),
            "give its tokenizer.json instead");
      }
    }
    return new Gson().toJson(rules(ids, !capitals));
  }

  private static Map<String, Object> rules(Map<String, Integer> ids, boolean lowercase) {
    List<Object> added = new ArrayList<>();
    for (String word : SPECIAL) {
      if (ids.containsKey(word)) {
        added.add(
            Map.of(
                "id", ids.get(word),
                "content", word,
                "single_word", false,
                "lstrip", false,
                "rstrip", false,
                "normalized", false,
                "special", true));
      }
    }
    return Map.of(
        "version",
        "1.0",
        "added_tokens",
        added,
        "normalizer",
        Map.of(
            "type",
            "BertNormalizer",
            "clean_text",
            true,
            "handle_chinese_chars",
            true,
            "lowercase",
            lowercase),
        "pre_tokenizer",
        Map.of("type", "BertPreTokenizer"),
        "post_processor",
        Map.of(
            "type", "BertProcessing",
            "sep", List.of("[SEP]", ids.get("[SEP]")),
            "cls", List.of("[CLS]", ids.get("[CLS]"))),
        "model",
        Map.of(
            "type", "WordPiece",
            "unk_token", "[UNK]",
            "continuing_subword_prefix", "##",
            "max_input_chars_per_word", 100,
            "vocab", ids));
  }
}
