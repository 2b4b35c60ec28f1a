package io.messagerelay.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ContractArchitectureTest {
  private static final JavaClasses CONTRACT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.messagerelay");

  @Test
  void the_contract_depends_on_json_and_uuids_only() {
    assertThat(CONTRACT).isNotEmpty();
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.messagerelay.contract",
            "java..",
            "com.fasterxml.jackson.core..",
            "com.fasterxml.uuid..",
            "org.jspecify.annotations")
        .check(CONTRACT);
  }
}
