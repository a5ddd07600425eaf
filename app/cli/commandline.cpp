// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandline.h"

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/exitcodes.h"
#include "cli/help.h"

namespace Earshot {

namespace {

/// Known before the words are understood, so that also a misunderstanding is told as it was asked for.
bool wantsJson(const QStringList &words)
{
    const qsizetype end = words.indexOf(QStringLiteral("--"));
    return words.mid(0, end).contains(QStringLiteral("--json"));
}

Done carryOut(const Invocation &invocation, Output &output)
{
    if (invocation.hasGlobal("server") && invocation.command->needsFile)
        return fail(ErrorKind::invalid,
                    QStringLiteral("\"%1\" works on a file: on the server's machine, earshotctl --workspace FILE %1")
                        .arg(QString::fromLatin1(invocation.command->name)));
    Interrupt interrupt;
    SystemClock clock;
    Call call(invocation, output, interrupt, clock);
    Done done = invocation.command->carryOut(call);
    Done closed = call.close();
    return done ? closed : done;
}

/// The answer of --help and --version is text whatever was asked for.
Done explain(const Invocation &invocation)
{
    Output output(stdout, stderr, false);
    output.text(invocation.wantsHelp ? helpText(invocation, allCommands())
                                     : QStringLiteral("earshotctl ") + QStringLiteral(EARSHOT_VERSION));
    return output.finish();
}

} // namespace

const QList<Command> &allCommands()
{
    static const QList<Command> all = workspaceCommands() + handOverCommands() + replicaCommands() + channelCommands() +
                                      readingCommands() + workCommands() + replyCommands() + deliveryCommands() +
                                      agentCommands() + accessCommands() + teamCommands() + exportCommands() +
                                      loginCommands() + viewCommands();
    return all;
}

int runCommandLine(const QStringList &words)
{
    Output output(stdout, stderr, wantsJson(words));
    const Result<Invocation> invocation = parseInvocation(words, allCommands());
    Done done;
    if (!invocation)
        done = tl::unexpected(invocation.error());
    else if (invocation->wantsHelp || invocation->wantsVersion)
        done = explain(*invocation);
    else
        done = carryOut(*invocation, output);
    const Done written = output.finish();
    if (done && !written)
        done = written;
    if (done)
        return static_cast<int>(ExitCode::ok);
    output.error(done.error());
    return static_cast<int>(exitCodeOf(done.error()));
}

} // namespace Earshot
