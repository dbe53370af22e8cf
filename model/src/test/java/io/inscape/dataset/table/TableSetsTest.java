package io.inscape.dataset.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.dataset.DataRequest;
import io.inscape.dataset.Dataset;
import io.inscape.dataset.InputException;
import io.inscape.dataset.Pipeline;
import io.inscape.dataset.Targets;
import io.inscape.dataset.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSetsTest {
  @TempDir private Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Dataset open(Path path) {
    return open(path, null);
  }

  private Dataset open(Path path, String label) {
    DataRequest request =
        new DataRequest(
            path.toString(),
            Pipeline.defaults(),
            Optional.ofNullable(label),
            Optional.empty(),
            Optional.empty());
    return TableSets.open(request).orElseThrow();
  }

  private static float[] row(Vectors vectors, int observation) {
    float[] row = new float[vectors.columns()];
    vectors.copy(observation, 0, row.length, row, 0);
    return row;
  }

  private static Vectors vectors(io.inscape.dataset.Split split) {
    return (Vectors) split.content();
  }

  @Test
  void readsTextsAsClassesAndHoldsEverySixthRowBack() throws IOException {
    StringBuilder rows = new StringBuilder("long,wide,species\n");
    for (int i = 0; i < 12; i++) {
      rows.append(i + "," + i + ".5," + (i % 2 == 0 ? "wren" : "auk") + "\n");
    }
    Dataset birds = open(file("birds.csv", rows.toString()));
    assertThat(birds.name()).isEqualTo("birds");
    assertThat(birds.classNames()).containsExactly("auk", "wren");
    assertThat(birds.train().count()).isEqualTo(10);
    assertThat(birds.test().labels()).containsExactly(0, 0); // rows 5 and 11
    assertThat(vectors(birds.test()).columnNames()).containsExactly("long", "wide");
    assertThat(row(vectors(birds.test()), 0)).containsExactly(5, 5.5f);
    assertThat(row(vectors(birds.train()), 9)).containsExactly(10, 10.5f);
  }

  @ParameterizedTest
  @CsvSource({"',','\n'", "';','\r\n'", "'\t','\r'"})
  void findsOutTheSeparatorAndTheEndOfLines(String separator, String end) throws IOException {
    String text =
        String.join(separator, "a", "\"b, the; \"\"second\"\"\tone\"", "y")
            + end
            + String.join(separator, "1", "\" 2 \"", "0")
            + end
            + end
            + String.join(separator, "-3e2", "+.5", "1")
            + end;
    Dataset read = open(file("t.csv", "\u00ef\u00bb\u00bf" + text));
    assertThat(vectors(read.train()).columnNames()).containsExactly("a", "b, the; \"second\"\tone");
    assertThat(row(vectors(read.train()), 0)).containsExactly(1, 2);
    assertThat(row(vectors(read.test()), 0)).containsExactly(-300, .5f);
  }

  @Test
  void takesFewWholeNumbersForClassesBySizeAndOthersForValues() throws IOException {
    Dataset classes = open(file("c.csv", "a,y\n1,10\n2,9\n3,-1\n4,10\n"));
    assertThat(classes.classNames()).containsExactly("-1", "9", "10");
    assertThat(classes.train().labels()).containsExactly(2, 1, 0);
    Dataset values = open(file("v.csv", "a,target\n1,10.5\n2,9\n3,-1\n4,10\n"));
    assertThat(values.classNames()).isEmpty();
    assertThat(((Targets.Values) values.train().targets()).values()).containsExactly(10.5f, 9, -1);
    Dataset nothing = open(file("n.csv", "a,b\n1,10\n2,9\n"));
    assertThat(nothing.train().targets()).isEqualTo(new Targets.None(1));
  }

  @Test
  void readsTheColumnThatIsNamedAsLabels() throws IOException {
    Path file = file("t.csv", "a,kind,label\n1,x,7\n2,y,8\n3,x,9\n");
    assertThat(open(file, "KIND").classNames()).containsExactly("x", "y");
    assertThatThrownBy(() -> open(file, "colour"))
        .isInstanceOf(InputException.Unsupported.class)
        .hasMessage(
            file
                + ": found the columns a, kind, label at the header, expected a column called"
                + " colour; name the column of the labels as the header does");
  }

  @Test
  void readsPartsFromTwoFilesWhoseColumnsStandInAnyOrder() throws IOException {
    file("train.csv", "a,b,label\n1,2,x\n3,4,y\n");
    file("test.csv", "label,b,a\ny,6,5\nz,8,7\n");
    Dataset read = open(folder);
    assertThat(read.classNames()).containsExactly("x", "y", "z");
    assertThat(row(vectors(read.test()), 1)).containsExactly(7, 8);
    assertThat(read.test().labels()).containsExactly(1, 2);
    file("test.csv", "label,b\ny,6\n");
    assertThatThrownBy(() -> open(folder))
        .hasMessage(
            folder.resolve("test.csv")
                + ": found no column 'a' at the header, expected the columns of "
                + folder.resolve("train.csv")
                + "; are the two files of one data set? Without a test part every sixth row is"
                + " held back");
  }

  @Test
  void readsPartsFromAColumn() throws IOException {
    Dataset read = open(file("t.csv", "a,split,y\n1,train,0\n2,Test,1\n3,training,1\n"));
    assertThat(vectors(read.train()).count()).isEqualTo(2);
    assertThat(row(vectors(read.test()), 0)).containsExactly(2);
  }

  @Test
  void keepsRowsOverManyBlocks() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 700; i++) {
      rows.append(i);
      rows.append(("," + i).repeat(1999)).append('\n');
    }
    StringBuilder header = new StringBuilder("c0");
    for (int i = 1; i < 2000; i++) {
      header.append(",c").append(i);
    }
    Dataset read = open(file("wide.csv", header + "\n" + rows));
    for (int i = 0; i < read.train().count(); i++) {
      float expected = i / 5 * 6 + i % 5;
      assertThat(row(vectors(read.train()), i)).containsOnly(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b,label\\n1,2,x\\n3,\"4,y\\n5,6,z\\n|found a quote that nothing closes at line 3,"
            + " expected a closing quote within 1048576 characters; close it, write a quote within"
            + " quotes twice, or fetch the file again if it is cut",
        "a,b\\n1,\"2\\n|found a quote that nothing closes at line 2, expected a closing quote within"
            + " 1048576 characters; close it, write a quote within quotes twice, or fetch the file"
            + " again if it is cut",
        "a,b,label\\n1,\"2\"x,y\\n|found something else than the end of a field after a closing"
            + " quote at line 2, expected a separator or the end of the line; write a quote within"
            + " quotes twice",
        "a,b,label\\n1,2,x\\n3,4\\n|found 2 fields at line 3, expected 3, one for each column of the"
            + " header; a field with a separator in it needs quotes",
        "a,b,label\\n1,2,x\\n3,\u00ff,y\\n|found bytes that are no UTF-8 at line 3, expected UTF-8;"
            + " save it as UTF-8 (is it Latin-1?)",
        "\u00ff\u00fea\\u0000|found UTF-16 at the beginning, expected UTF-8; save it as UTF-8",
        "a\\n1\\n2\\n|found one column only, 'a' at the header, expected at least two columns,"
            + " between commas, semicolons or tabs; a vector needs numbers to be made of",
        "a,b,label\\n|found a header only at the rows, expected at least one row",
        "\\n|found the end of the file at line 1, expected the names of the columns; is the file"
            + " empty?",
        "1,2,3\\n4,5,6\\n|found numbers only (1, ...) at line 1, expected the names of the columns;"
            + " put a line of names before the first row",
        ",a,b\\n0,1,2\\n|found no name at the header, column 1, expected a name of 1 to 1000"
            + " characters; if it counts the rows, leave it out: pandas does with to_csv(...,"
            + " index=False)",
        "a,a,b\\n0,1,2\\n|found the name 'a' again at the header, column 2, expected a name of its"
            + " own for each column; rename one of the two",
        "a,b,label\\n1,,x\\n3,4,y\\n|found nothing at line 2, column 'b', expected a number in every"
            + " row; fill in what is missing, or take the row or the column out",
        "a,b,label\\n1,2,x\\n3,NaN,y\\n|found 'NaN' at line 3, column 'b', expected a number in every"
            + " row; fill in what is missing, or take the row or the column out",
        "a,tone,label\\n1,red,x\\n3,blue,y\\n|found the text 'red' at line 2, column 'tone', expected a"
            + " number; take the column out, make numbers of its texts (a column of 0 and 1 for"
            + " each), or say --label tone if these are the labels",
        "a;b;label\\n1,5;2;x\\n3;4;y\\n|found the text '1,5' at line 2, column 'a', expected a number;"
            + " write numbers with a point",
        "a,b,label\\n1,1e39,x\\n3,4,y\\n|found 1e39 at line 2, column 'b', expected numbers that 32"
            + " bits can hold, up to 3.4028235E38; scale the column first, or take it out",
        "a,b,label\\n1,2,\\n3,4,y\\n|found no label at line 2, column 'label', expected a label for"
            + " each row; fill it in, or take the row out",
        "a,split,y\\n1,train,0\\n3,weird,1\\n|found 'weird' at line 3, column 'split', expected train"
            + " or test; say for each row which part it belongs to",
        "a,label\\n1,x\\n|found no rows held back at the rows, expected at least one; a data set needs"
            + " two rows or more, or train and test in its column split"
      })
  void saysWhatIsWrong(String content, String sentence) throws IOException {
    Path file = file("t.csv", content.replace("\\n", "\n").replace("\\u0000", "\0"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": " + sentence);
  }

  @Test
  void refusesTooManyColumnsAndLabelsThatAreNames() throws IOException {
    Path wide = file("wide.csv", "c,".repeat(1_000_000) + "y\n");
    assertThatThrownBy(() -> open(wide))
        .hasMessage(
            wide
                + ": found more than 100000 columns at the header, expected at most 100000; save so"
                + " many numbers as arrays: vectors.npy and labels.npy in a folder");
    StringBuilder rows = new StringBuilder("a,name\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i + ",n" + i + "\n");
    }
    Path names = file("names.csv", rows.toString());
    assertThatThrownBy(() -> open(names))
        .hasMessage(
            names
                + ": found 40 different texts at column 'name', expected classes of several of the"
                + " 40 rows; name the column of the labels with --label, or take this one out");
    assertThat(open(names, "name").classNames()).hasSize(40);
  }

  @Test
  void readsParquetAsItReadsCsv() throws IOException, SQLException {
    Path file = folder.resolve("it's [1].parquet");
    copy(
        "select i::utinyint a, i % 2 = 0 b, i::decimal(9, 2) c, i::ubigint d, i * .5 e, 'k' || i % 3"
            + " as label from range(12) t(i)",
        file);
    Dataset read = open(file);
    assertThat(read.classNames()).containsExactly("k0", "k1", "k2");
    assertThat(vectors(read.test()).columnNames()).containsExactly("a", "b", "c", "d", "e");
    assertThat(row(vectors(read.test()), 0)).containsExactly(5, 0, 5, 5, 2.5f);
    assertThat(read.test().labels()).containsExactly(2, 2);
  }

  @Test
  void saysWhatIsWrongWithParquet() throws IOException, SQLException {
    Path file = folder.resolve("t.parquet");
    copy("select i a, [i, 2] e, 'x' as label from range(5) t(i)", file);
    assertThatThrownBy(() -> open(file))
        .hasMessage(
            file
                + ": found several values in each row (BIGINT[]) at column 'e', expected one number"
                + " or text in each row; spread it over columns, or save it as vectors.npy and"
                + " labels.npy in a folder");
    copy("select i a, nullif(i, 3) b, 'x' as label from range(5) t(i)", file);
    assertThatThrownBy(() -> open(file))
        .hasMessage(
            file
                + ": found nothing at row 4, column 'b', expected a number in every row; fill in"
                + " what is missing, or take the row or the column out");
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 100));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(InputException.Malformed.class)
        .hasMessageStartingWith(file + ": found what DuckDB cannot read (")
        .hasMessageEndingWith(
            ") at its content, expected a whole Parquet file; the file is cut or damaged, write it"
                + " again");
  }

  private static void copy(String query, Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      String place = file.toString().replace("'", "''");
      statement.execute("copy (" + query + ") to '" + place + "' (format parquet)");
    }
  }
}
