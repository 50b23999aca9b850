package io.walpost.relay.service.cli;

import io.walpost.relay.service.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that has all others. */
@Command(
        name = "walpost",
        description = {
            "Publishes what a PostgreSQL outbox holds to Kafka.",
            "",
            "Settings come from system properties, the environment (WALPOST_RELAY_POSTGRES_URL …) and"
                    + " config/application.properties. docs/configuration/walpost-relay.md lists them."
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:Done.",
            "2:The command line is wrong.",
            "3:Done, and what was found, or is still parked, wants somebody's attention.",
            "69:The database or Kafka cannot be reached.",
            "70:A defect, the slot is lost, or an event cannot be published.",
            "75:Not done in time, or another relay holds the slot, or no relay answers: try again.",
            "77:The database or Kafka refused the relay.",
            "78:A setting is wrong, or the database is not prepared."
        },
        subcommands = {
            StreamCommand.class,
            DrainCommand.class,
            DrainEndpointCommand.class,
            SetupCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            BackfillCommand.class,
            ReconcileCommand.class,
            ParkedCommand.class,
            ReleaseCommand.class
        })
final class Walpost implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Ready to execute. */
    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Walpost());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setUsageHelpAutoWidth(true);
        commands.setParameterExceptionHandler(Walpost::explainMistake);
        commands.setExecutionExceptionHandler((defect, command, parsed) -> {
            command.getErr().println("The command failed by a defect; please report it:");
            defect.printStackTrace(command.getErr());
            return ExitCode.FAILURE;
        });
        return commands;
    }

    private static int explainMistake(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** Options and no command. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A command is missing");
    }
}
