import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Prints "PASS flavour" or every failed rule for each PDF file that a line of its input names, then a line "END".
 * Arguments are the flavours, such as 3a and ua1.
 */
public class Conformance {
    public static void main(String[] flavours) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = files.readLine(); file != null; file = files.readLine()) {
            try {
                for (String flavour : flavours) {
                    check(new File(file), flavour);
                }
            } catch (Exception error) {
                System.out.println("FAULT " + error);
            }
            System.out.println("END");
        }
    }

    private static void check(File file, String flavour) throws Exception {
        String profileName = flavour.startsWith("ua") ? "PDFUA-" + flavour.substring(2) : "PDFA-" + flavour.toUpperCase();
        String place = "/org/verapdf/pdfa/validation/" + profileName + ".xml";
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, PDFAFlavour.byFlavourId(flavour));
                InputStream rules = Conformance.class.getResourceAsStream(place)) {
            ValidationProfile profile = Profiles.profileFromXml(rules);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 10000, false, false, false);
            ValidationResult result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + flavour);
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    System.out.println("  " + assertion.getRuleId().getClause() + " " + assertion.getMessage());
                }
            }
        }
    }
}
