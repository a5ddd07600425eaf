// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/help.h"

#include <QSet>
#include <QTest>

using namespace Earshot;

namespace {

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString nameOf(const Invocation &invocation)
{
    return invocation.command != nullptr ? QString::fromLatin1(invocation.command->name) : QString();
}

} // namespace

class InvocationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commandIsFound_data();
    void commandIsFound();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void optionsKeepTheirOrder();
    void valuesMayBeJoined();
    void afterTwoDashesAllAreArguments();
    void secretsAreRefusedWithTheReason();
    void ownOptionsAreMeantAfterTheCommand();
    void tableIsConsistent();
    void helpTellsEveryCommand();
    void helpTellsACommandsOptions();
};

void InvocationTest::commandIsFound_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *line, const char *command, const char *arguments = "") {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(command) << words(arguments);
    };
    row("pull", "pull");
    row("inbox --view mine", "inbox");
    row("channel add https://a.example", "channel add", "https://a.example");
    row("--json channel list", "channel list");
    row("channel list --json", "channel list");
    row("--workspace x.earshot --agent Kim claim 1 #2", "claim", "1 #2");
    row("claim 1 2 --workspace x.earshot", "claim", "1 2");
    row("outbox", "outbox");
    row("outbox --json", "outbox");
    row("outbox retry 3 --force", "outbox retry", "3");
    row("reply 4 -", "reply", "4 -");
    row("export --format=csv", "export");
    row("search add", "search", "add");
    row("agent add Kim --role lead", "agent add", "Kim");
}

void InvocationTest::commandIsFound()
{
    QFETCH(QString, line);
    const Result<Invocation> invocation = parseInvocation(line.split(QLatin1Char(' ')), allCommands());
    QVERIFY2(invocation.has_value(), invocation ? "" : qPrintable(invocation.error().detail));
    QTEST(nameOf(*invocation), "command");
    QTEST(invocation->arguments, "arguments");
}

void InvocationTest::nonsenseIsRefused_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *line, const char *part) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(part);
    };
    row("", "Which command?");
    row("frobnicate", "no command \"frobnicate\"");
    row("channel", "needs one more word");
    row("channel frobnicate", "no command \"channel frobnicate\"");
    row("pull now", "Too many arguments");
    row("claim", "Too few arguments. Usage: earshotctl claim NUMBER...");
    row("reply 1", "Too few arguments");
    row("pull --frobnicate", "no option --frobnicate");
    row("--frobnicate pull", "not known before a command");
    row("pull -x", "no option -x");
    row("pull --channel", "needs a value: --channel CHANNEL");
    row("pull --json=yes", "takes no value");
    row("inbox --now", "no option --now");
}

void InvocationTest::nonsenseIsRefused()
{
    QFETCH(QString, line);
    QFETCH(QString, part);
    const Result<Invocation> invocation =
        parseInvocation(line.split(QLatin1Char(' '), Qt::SkipEmptyParts), allCommands());
    QVERIFY(!invocation.has_value());
    QCOMPARE(invocation.error().kind, ErrorKind::invalid);
    QVERIFY2(invocation.error().detail.contains(part), qPrintable(invocation.error().detail));
}

void InvocationTest::optionsKeepTheirOrder()
{
    const auto invocation =
        parseInvocation(words("reply 1 text --attach a --describe b --attach c --now"), allCommands());
    QVERIFY(invocation.has_value());
    QStringList names;
    for (const auto &option : invocation->options)
        names.append(option.first + QLatin1Char('=') + option.second);
    QCOMPARE(names, words("attach=a describe=b attach=c now="));
    QVERIFY(invocation->has("now"));
    QVERIFY(!invocation->has("force"));
    QCOMPARE(invocation->value("attach"), QStringLiteral("c"));
}

void InvocationTest::valuesMayBeJoined()
{
    const auto invocation = parseInvocation(
        {QStringLiteral("export"), QStringLiteral("--output=a=b c"), QStringLiteral("--format"), QStringLiteral("csv")},
        allCommands());
    QVERIFY(invocation.has_value());
    QCOMPARE(invocation->value("output"), QStringLiteral("a=b c"));
    QCOMPARE(invocation->value("format"), QStringLiteral("csv"));
}

void InvocationTest::afterTwoDashesAllAreArguments()
{
    const auto invocation = parseInvocation(words("search -- -word --json"), allCommands());
    QVERIFY(invocation.has_value());
    QCOMPARE(invocation->arguments, words("-word --json"));
    QVERIFY(!invocation->has("json"));
}

void InvocationTest::secretsAreRefusedWithTheReason()
{
    for (const char *line : {"channel add x --password geheim", "channel add x --token=geheim"}) {
        const auto invocation = parseInvocation(words(line), allCommands());
        QVERIFY(!invocation.has_value());
        QVERIFY(invocation.error().detail.contains(QStringLiteral("--password-file FILE")));
        QVERIFY(!invocation.error().detail.contains(QStringLiteral("geheim")));
    }
}

void InvocationTest::ownOptionsAreMeantAfterTheCommand()
{
    const auto both = parseInvocation(
        words("--token-file server --server https://a.example channel add x --token-file channel --json"),
        allCommands());
    QVERIFY(both.has_value());
    QCOMPARE(both->value("token-file"), QStringLiteral("channel"));
    QCOMPARE(both->globalValue("token-file"), QStringLiteral("server"));
    QCOMPARE(both->globalValue("server"), QStringLiteral("https://a.example"));
    QVERIFY(both->hasGlobal("json") && !both->has("json"));
    const auto after = parseInvocation(words("channel add x --token-file channel"), allCommands());
    QVERIFY(after.has_value() && !after->hasGlobal("token-file"));
    const auto others = parseInvocation(words("inbox --token-file server"), allCommands());
    QVERIFY(others.has_value() && others->hasGlobal("token-file"));
}

void InvocationTest::tableIsConsistent()
{
    QSet<QString> names;
    for (const Command &command : allCommands()) {
        const QString name = QString::fromLatin1(command.name);
        QVERIFY2(!names.contains(name), command.name);
        names.insert(name);
        QVERIFY(command.carryOut != nullptr);
        QVERIFY(command.most < 0 || command.most >= command.least);
        QSet<QString> options;
        // A channel has a token too: after such a command it is the channel's, before it the server's.
        for (const CommandOption &option : globalOptions()) {
            if (option.name != QByteArray("token-file"))
                options.insert(QString::fromLatin1(option.name));
        }
        for (const CommandOption &option : command.options) {
            QVERIFY2(!options.contains(QString::fromLatin1(option.name)), command.name);
            options.insert(QString::fromLatin1(option.name));
        }
    }
}

void InvocationTest::helpTellsEveryCommand()
{
    const auto invocation = parseInvocation(words("--help"), allCommands());
    QVERIFY(invocation.has_value());
    const QString help = helpText(*invocation, allCommands());
    for (const Command &command : allCommands()) {
        QVERIFY2(help.contains(QLatin1Char(' ') + QString::fromLatin1(command.name)), command.name);
        QVERIFY2(help.contains(QString::fromLatin1(command.help)), command.name);
    }
    for (const char *code : {"  0 ", "  2 ", "  7 ", "  130 "})
        QVERIFY2(help.contains(QString::fromLatin1(code)), code);
}

void InvocationTest::helpTellsACommandsOptions()
{
    const auto invocation = parseInvocation(words("channel add --help"), allCommands());
    QVERIFY(invocation.has_value());
    QVERIFY(invocation->wantsHelp);
    const QString help = helpText(*invocation, allCommands());
    for (const char *part : {"channel add ADDRESS", "--token-file FILE", "--since WHEN", "--workspace FILE"})
        QVERIFY2(help.contains(QString::fromLatin1(part)), part);
    const auto group = parseInvocation(words("help channel"), allCommands());
    QVERIFY(group.has_value());
    const QString groupHelp = helpText(*group, allCommands());
    QVERIFY(groupHelp.contains(QStringLiteral("channel list")));
    QVERIFY(!groupHelp.contains(QStringLiteral("workspace create")));
}

QTEST_APPLESS_MAIN(InvocationTest)
#include "tst_invocation.moc"
