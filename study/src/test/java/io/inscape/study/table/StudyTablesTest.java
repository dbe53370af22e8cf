package io.inscape.study.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inscape.activation.NpyFile;
import io.inscape.matrix.Progress;
import io.inscape.matrix.Workers;
import io.inscape.projection.params.PcaParams;
import io.inscape.study.ActivationSource;
import io.inscape.study.SmallStudies;
import io.inscape.study.Study;
import io.inscape.study.analysis.AnalysisResult;
import io.inscape.study.analysis.ProjectionAnalysis;
import io.inscape.study.analysis.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class StudyTablesTest {
  @TempDir private static Path folder;
  private static Study study;
  private static AnalysisResult projection;

  @BeforeAll
  static void makeStudy() throws IOException {
    study = SmallStudies.create(folder);
    study.train(SmallStudies.request("a", 0, 1, 2), 2);
    try (Workers workers = Workers.of(2)) {
      projection =
          new Results(study)
              .compute(
                  ProjectionAnalysis.of(
                      new ActivationSource.Layer("a", 2, "fc1"), PcaParams.defaults()),
                  workers,
                  Progress.none());
    }
  }

  @AfterAll
  static void close() {
    study.close();
  }

  private static Table table(String name) {
    return new StudyTables(study).table(name, StudyTables.Choice.all(study));
  }

  private static List<String> csv(Table table) throws IOException {
    Path file = folder.resolve("t.csv");
    TableFile.write(table, TableFormat.CSV, file);
    return List.of(Files.readString(file).split("\r\n"));
  }

  @Test
  void writesCsvThatKeepsQuotesAndLeavesOutWhatIsNotKnown() throws IOException {
    Table table =
        Table.of(
            "t",
            List.of(
                new TableField("name", TableType.TEXT),
                new TableField("Name", TableType.INT64),
                new TableField("share", TableType.FLOAT64)),
            List.of(
                Cells.Texts.of(java.util.Arrays.asList("a,b", "say \"x\"", null)),
                new Cells.Longs(new long[] {1, 2, 3}, BitSet.valueOf(new long[] {2})),
                new Cells.Doubles(new double[] {.5, Double.NaN, 1e-9})),
            Map.of("seed", "7"));
    assertThat(csv(table))
        .containsExactly("name,Name_2,share", "\"a,b\",1,0.5", "\"say \"\"x\"\"\",,", ",3,1.0E-9");
    assertThat(Files.readString(folder.resolve("t.csv.json"))).contains("\"seed\" : \"7\"");
  }

  @Test
  void everyTableOfAStudyHasItsRows() throws IOException {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (String name : StudyTables.NAMES) {
      Table table = table(name);
      rows.put(name, table.rows());
      assertThat((long) csv(table).size()).as(name).isEqualTo(table.rows() + 1);
    }
    assertThat(rows)
        .isEqualTo(
            Map.of(
                "runs",
                1L,
                "metrics",
                3L,
                "recalls",
                30L,
                "observations",
                90L,
                "predictions",
                270L,
                "quality",
                1L,
                "scores",
                0L,
                "results",
                1L));
    assertThat(csv(table("observations")).getFirst())
        .isEqualTo("row,id,class,label,mean_luminance,contrast,ink,stroke_width,polarity");
    assertThat(csv(table("metrics")).getFirst())
        .startsWith("run,epoch,train_loss,train_accuracy,test_loss,test_accuracy");
  }

  @Test
  void aProjectionBecomesATableWithPlacesAndQuality() throws IOException {
    List<Table> tables = new ResultTables(study).of(projection, RowChoice.all(90));
    assertThat(tables).hasSize(1);
    List<String> lines = csv(tables.getFirst());
    assertThat(lines.getFirst())
        .startsWith("row,id,class,label,x,y,")
        .contains(",neighborhood_hit", ",trustworthiness");
    float[] layout = new Results(study).column(projection.digest(), "layout").floats();
    String[] cells = lines.get(8).split(",");
    assertThat(cells[0]).isEqualTo("7");
    assertThat(Integer.parseInt(cells[1])).isEqualTo(study.sample()[7]);
    assertThat(Float.parseFloat(cells[4])).isEqualTo(layout[14]);
    assertThat(Float.parseFloat(cells[5])).isEqualTo(layout[15]);
  }

  @Test
  void onlyTheChosenRowsGoOut() throws IOException {
    NpyFile.writeInts(folder.resolve("rows.npy"), new int[] {9, 2}, 2);
    for (String text : List.of("2,9", folder.resolve("rows.npy").toString())) {
      RowChoice rows = RowChoice.parse(text, 90);
      List<String> lines = csv(new ResultTables(study).of(projection, rows).getFirst());
      assertThat(lines).hasSize(3);
      assertThat(lines.get(1)).startsWith("2,");
      assertThat(lines.get(2)).startsWith("9,");
    }
    assertThatThrownBy(() -> RowChoice.parse("3,90", 90))
        .hasMessage("rows of a subset must be in [0, 90), got 90");
    assertThatThrownBy(() -> RowChoice.parse("1;2", 90))
        .hasMessage(
            "rows must be whole numbers with commas between, such as 0,5,9, or a .npy file of them,"
                + " got \"1;2\"");
  }

  @Test
  void parquetKeepsTypesAndProvenance() throws Exception {
    Path file = folder.resolve("layout.parquet");
    Table table = new ResultTables(study).of(projection, RowChoice.all(90)).getFirst();
    assertThat(TableFile.write(table, TableFormat.PARQUET, file)).containsExactly(file);
    String from = "'" + file + "'";
    assertThat(
            asked(
                "SELECT typeof(id), typeof(label), typeof(x), count(*) FROM "
                    + from
                    + " GROUP BY ALL"))
        .isEqualTo("INTEGER VARCHAR FLOAT 90");
    String kept =
        "SELECT decode(value) FROM parquet_kv_metadata(" + from + ") WHERE decode(key) = ";
    assertThat(asked(kept + "'result'")).isEqualTo(projection.digest());
    assertThat(asked(kept + "'parameters'")).contains("\"dimensions\":2");
    assertThat(asked(kept + "'dataset_digest'")).isEqualTo(study.info().dataset().digest());
  }

  private static String asked(String sql) throws SQLException {
    try (Database database = Database.open();
        Statement statement = database.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder text = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.append(text.isEmpty() ? "" : " ").append(rows.getString(i));
        }
      }
      return text.toString();
    }
  }

  @Test
  void numpyFilesHoldAColumnEach() {
    Path into = folder.resolve("columns");
    TableFile.write(table("observations"), TableFormat.NPY, into);
    assertThat(NpyFile.read(into.resolve("id.npy")).longs())
        .isEqualTo(java.util.Arrays.stream(study.sample()).asLongStream().toArray());
    assertThat(NpyFile.read(into.resolve("ink.npy")).shape()).containsExactly(90);
    assertThat(into.resolve("label.npy")).exists();
    assertThat(into.resolve("provenance.json")).exists();
  }

  @Test
  void answersQuestionsAndNothingElse() throws IOException {
    assertThat(
            csv(
                TableQuery.ask(
                    study,
                    "SELECT p.run, p.epoch, sum(correct) AS hits, max(score) > 0 AS any FROM"
                        + " predictions p JOIN metrics USING (run, epoch) GROUP BY ALL ORDER BY"
                        + " epoch LIMIT 1")))
        .hasSize(2)
        .first()
        .isEqualTo("run,epoch,hits,any");
    for (String sql :
        List.of(
            "SELECT * FROM read_text('/etc/hostname')",
            "COPY metrics TO '" + folder.resolve("x.csv") + "'",
            "ATTACH '" + folder.resolve("x.db") + "'",
            "SET enable_external_access = true",
            "SELECT nothing FROM metrics")) {
      assertThatThrownBy(() -> TableQuery.ask(study, sql))
          .as(sql)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the query cannot be answered: ")
          .hasMessageEndingWith(
              "the tables are runs, metrics, recalls, observations, predictions, quality, scores,"
                  + " results");
    }
    assertThat(folder.resolve("x.csv")).doesNotExist();
    assertThat(folder.resolve("x.db")).doesNotExist();
  }

  @Test
  void findsAResultByTheBeginningOfItsDigest() {
    assertThat(KeptResults.find(study, projection.digest().substring(0, 8)).digest())
        .isEqualTo(projection.digest());
    assertThatThrownBy(() -> KeptResults.find(study, "000000"))
        .hasMessage("no result of the study begins with 000000; --what results lists them");
  }
}
