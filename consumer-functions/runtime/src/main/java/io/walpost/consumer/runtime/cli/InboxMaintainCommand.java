package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.InboxPartitions;
import java.sql.SQLException;
import picocli.CommandLine.Command;

/** Does once what an instance of the service does every hour. */
@Command(
        name = "maintain",
        description = {
            "Makes the inbox's partitions for the coming days, drops those that are older than walpost.consumer.inbox.retention,"
                    + " and deletes what is as old in the others.",
            "",
            "An instance of the service does this every hour. Where none runs, as beside a Lambda function, run this once a day,"
                    + " as the owner of the table. The consumers may go on meanwhile.",
            "",
            "Ends with 75 if others were in the way, with 77 if the role may not do it."
        })
final class InboxMaintainCommand extends FunctionCommand {

    @Override
    protected int run(Tools tools) throws SQLException {
        InboxPartitions.Report report = tools.inbox().maintain(tools.patience());
        print(new InboxReport(report));
        if (!report.permitted()) {
            tell("The role may not do all of it.\nUse the owner of walpost_inbox, or a member of it.");
            return ExitCode.NOT_PERMITTED;
        }
        return report.complete() ? ExitCode.OK : ExitCode.TRY_AGAIN;
    }
}
