package io.inscape;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The arrows between the rooms.
class ArchitectureTest {
  private static final String[] CORE =
      packages(
          "matrix",
          "neighbors",
          "projection",
          "quality",
          "parameter",
          "evolution",
          "probe",
          "neuron",
          "weight",
          "cluster");
  private static final String[] MODEL =
      packages("dataset", "network", "autograd", "training", "activation");
  private static final String[] STUDY = packages("study");
  private static final String[] APP =
      packages(
          "figure", "http", "recipe", "sequences", "snapshot", "terminal", "vectors", "web", "cli");
  private static final int FEWEST_CLASSES = 150;
  private static final int MOST_TYPES_IN_A_PACKAGE = 25;

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.inscape");
  }

  @Test
  void seesTheClassesItJudges() {
    assertThat(classes.size()).isGreaterThan(FEWEST_CLASSES);
    for (String[] room : List.of(CORE, MODEL, STUDY, APP)) {
      for (String pattern : room) {
        String name = pattern.replace("..", "");
        assertThat(classes.stream().filter(type -> type.getPackageName().startsWith(name)))
            .as("classes in %s", name)
            .isNotEmpty();
      }
    }
  }

  @Test
  void everyPackageIsInARoom() {
    List<String> known =
        java.util.stream.Stream.of(CORE, MODEL, STUDY, APP)
            .flatMap(java.util.Arrays::stream)
            .map(pattern -> pattern.replace("..", ""))
            .toList();
    assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(name ->
            known.stream().anyMatch(room -> name.equals(room) || name.startsWith(room + ".")));
  }

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("core")
        .definedBy(CORE)
        .layer("model")
        .definedBy(MODEL)
        .layer("study")
        .definedBy(STUDY)
        .layer("app")
        .definedBy(APP)
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("study")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("study", "app")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.inscape.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void coreStandsOnTheJdkAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "io.inscape..", "java..", "jdk.incubator.vector..", "org.jspecify..")
        .check(classes);
  }

  @Test
  void onlyTheCommandLinePrintsAndEnds() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("cli", "terminal"))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(classes);
  }

  @Test
  void packagesStaySmall() {
    Map<String, Long> sizes =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
    assertThat(sizes)
        .allSatisfy(
            (name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_TYPES_IN_A_PACKAGE));
  }

  private static String[] packages(String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> "io.inscape." + name + "..")
        .toArray(String[]::new);
  }
}
