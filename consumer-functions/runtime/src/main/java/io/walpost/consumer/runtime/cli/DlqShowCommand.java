package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.Letter;
import java.sql.SQLException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one letter. */
@Command(name = "show", description = "Shows one dead letter, resolved or not. It changes nothing.")
final class DlqShowCommand extends FunctionCommand {

    @Parameters(paramLabel = "ID", description = "The letter's id, as list shows it.")
    private long id;

    @Option(
            names = "--content",
            description =
                    "Shows the record's headers and value and the exception's message too, which may be confidential.")
    private boolean content;

    @Override
    protected int run(Tools tools) throws CommandException, SQLException {
        Optional<Letter> letter = tools.desk().table().show(id);
        if (letter.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "There is no letter " + id + ".");
        }
        print(new LetterReport(letter.get(), content));
        return ExitCode.OK;
    }
}
