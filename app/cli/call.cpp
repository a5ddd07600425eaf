// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"

#include "cli/serverlogin.h"
#include "cli/serverplace.h"
#include "replica/replicafile.h"
#include "workspace/schema.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Earshot {

namespace {
constexpr qint64 longestText = 4 * 1024 * 1024;

/// Errors: refused.
Done checkIsNoReplica(const QString &path)
{
    // What else is wrong with the file, opening it tells.
    const auto found = ReplicaFile::describe(path);
    if (!found)
        return {};
    return fail(ErrorKind::refused,
                QStringLiteral("%1 is a replica and can only be read: work at its server with --server %2")
                    .arg(path, found->source.server));
}

} // namespace

Result<qint64> parseNumber(const QString &text)
{
    bool isFine = false;
    const QString digits = text.startsWith(QLatin1Char('#')) ? text.mid(1) : text;
    const qint64 number = digits.toLongLong(&isFine);
    if (!isFine || number <= 0 || !digits.at(0).isDigit())
        return fail(ErrorKind::invalid, QStringLiteral("\"%1\" is not a number").arg(text));
    return number;
}

Result<QByteArray> readInput(const QString &file, qint64 limit)
{
    QFile input(file);
    const bool isStandardInput = file == QLatin1StringView("-");
    const bool isOpen = isStandardInput ? input.open(stdin, QIODevice::ReadOnly) : input.open(QIODevice::ReadOnly);
    if (!isOpen)
        return fail(QFileInfo::exists(file) ? ErrorKind::io : ErrorKind::notFound,
                    QStringLiteral("%1: %2").arg(file, input.errorString()));
    QByteArray content;
    while (content.size() <= limit) {
        const QByteArray piece = input.read(64 * 1024);
        if (piece.isEmpty())
            break;
        content += piece;
    }
    if (input.error() != QFileDevice::NoError)
        return fail(ErrorKind::io, QStringLiteral("%1: %2").arg(file, input.errorString()));
    if (content.size() > limit)
        return fail(ErrorKind::tooLarge, QStringLiteral("%1 has more than %2 bytes").arg(file, QString::number(limit)));
    return content;
}

Call::Call(const Invocation &invocation, Output &output, Interrupt &interrupt, const Clock &clock)
    : m_invocation(invocation)
    , m_output(output)
    , m_interrupt(interrupt)
    , m_clock(clock)
{
}

Call::~Call() = default;

Result<int> Call::number(const char *option, int otherwise) const
{
    if (!has(option))
        return otherwise;
    const Result<qint64> number = parseNumber(value(option));
    if (!number || *number > std::numeric_limits<int>::max())
        return fail(ErrorKind::invalid, QStringLiteral("--%1 wants a whole number of 1 or more, not \"%2\"")
                                            .arg(QString::fromLatin1(option), value(option)));
    return static_cast<int>(*number);
}

QString Call::shown(Time time) const
{
    return isKnown(time) ? toDateTime(time).toTimeZone(zone()).toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString();
}

QString Call::workspacePath() const
{
    return m_invocation.hasGlobal("workspace") ? QFileInfo(m_invocation.globalValue("workspace")).absoluteFilePath()
                                               : defaultWorkspacePath();
}

Done Call::open(For purpose)
{
    if (m_place)
        return {};
    return m_invocation.hasGlobal("server") ? openAtServer() : openWorkspace(purpose);
}

Done Call::openWorkspace(For purpose)
{
    const QString path = workspacePath();
    if (!QFileInfo::exists(path)) {
        const QString option =
            m_invocation.hasGlobal("workspace") ? QStringLiteral("--workspace %1 ").arg(path) : QString();
        return fail(
            ErrorKind::notFound,
            QStringLiteral("There is no workspace at %1. Make one: earshotctl %2workspace create").arg(path, option));
    }
    if (Done isFine = purpose == For::acting ? checkIsNoReplica(path) : Done(); !isFine)
        return isFine;
    Session::Options options;
    options.path = path;
    options.agentName = m_invocation.globalValue("agent");
    options.isReadOnly = purpose == For::reading;
    options.keyFile = m_invocation.globalValue("key-file");
    if (options.isReadOnly && isOlderForm(path))
        m_output.note(QStringLiteral("%1 is of an older version of Earshot and stays as it is: a copy of it is made in "
                                     "today's form and read. The first command that acts on a workspace of its own "
                                     "brings it there for good.")
                          .arg(path));
    Result<std::unique_ptr<Workplace>> opened = openFile(std::move(options), m_clock, m_interrupt);
    if (!opened)
        return tl::unexpected(opened.error());
    m_place = std::move(*opened);
    return {};
}

Done Call::openAtServer()
{
    if (m_invocation.hasGlobal("agent"))
        return fail(ErrorKind::invalid, QStringLiteral("--agent is for a file: on a server the log-in says who acts"));
    const Result<QUrl> server = givenServer(m_invocation);
    if (!server)
        return tl::unexpected(server.error());
    const Result<Secret> token = findToken(m_invocation, *server, m_interrupt);
    if (!token)
        return tl::unexpected(token.error());
    auto opened = openServer(std::make_unique<JmapClient>(*server, *token, m_interrupt, m_clock));
    if (!opened)
        return tl::unexpected(opened.error());
    m_place = std::move(*opened);
    return {};
}

Done Call::close()
{
    if (!m_place)
        return {};
    Done closed = m_place->close();
    m_place.reset();
    return closed;
}

Result<QList<Outcome>> Call::perform(const QList<Action> &actions)
{
    Result<QList<Outcome>> outcomes = m_place->perform(actions);
    if (outcomes && outcomes->size() != actions.size())
        return fail(ErrorKind::unknown,
                    QStringLiteral("%1 actions, %2 outcomes").arg(actions.size()).arg(outcomes->size()));
    return outcomes;
}

Result<ConversationRecord> Call::conversation(const QString &number)
{
    const Result<qint64> parsed = parseNumber(number);
    if (!parsed)
        return fail(ErrorKind::invalid, QStringLiteral("\"%1\" is not a conversation's number").arg(number));
    const auto found = ask(Ask::Conversation{*parsed});
    if (!found)
        return tl::unexpected(found.error());
    if (!found->has_value())
        return fail(ErrorKind::notFound, QStringLiteral("There is no conversation #%1").arg(*parsed));
    return **found;
}

Result<QList<ConversationRecord>> Call::conversations(const QStringList &numbers)
{
    QList<ConversationRecord> all;
    for (const QString &number : numbers) {
        Result<ConversationRecord> one = conversation(number);
        if (!one)
            return tl::unexpected(one.error());
        all.append(*one);
    }
    return all;
}

Result<MessageRecord> Call::message(const QString &id)
{
    const Result<qint64> parsed = parseNumber(id);
    if (!parsed)
        return fail(ErrorKind::invalid, QStringLiteral("\"%1\" is not a message's id").arg(id));
    const auto found = ask(Ask::Message{MessageId(*parsed)});
    if (!found)
        return tl::unexpected(found.error());
    if (!found->has_value())
        return fail(ErrorKind::notFound, QStringLiteral("There is no message %1").arg(*parsed));
    return **found;
}

Result<DeliveryRecord> Call::delivery(const QString &id)
{
    const Result<qint64> parsed = parseNumber(id);
    if (!parsed)
        return fail(ErrorKind::invalid, QStringLiteral("\"%1\" is not a delivery's id").arg(id));
    const auto found = ask(Ask::Delivery{DeliveryId(*parsed)});
    if (!found)
        return tl::unexpected(found.error());
    if (!found->has_value())
        return fail(ErrorKind::notFound, QStringLiteral("There is no delivery %1. See earshotctl outbox").arg(*parsed));
    return **found;
}

Result<ChannelRecord> Call::channel(const QString &idOrName)
{
    const auto all = ask(Ask::Channels());
    if (!all)
        return tl::unexpected(all.error());
    const Result<qint64> id = parseNumber(idOrName);
    QList<ChannelRecord> found;
    for (const ChannelRecord &channel : *all) {
        if ((id && channel.id.value == *id) || channel.name == idOrName || channel.address == idOrName)
            found.append(channel);
    }
    if (found.isEmpty())
        return fail(ErrorKind::notFound,
                    QStringLiteral("There is no channel \"%1\". See earshotctl channel list").arg(idOrName));
    if (found.size() > 1)
        return fail(ErrorKind::invalid, QStringLiteral("Several channels are called \"%1\": name one by its id. See "
                                                       "earshotctl channel list")
                                            .arg(idOrName));
    return found.first();
}

Result<AgentRecord> Call::agent(const QString &name)
{
    const auto all = ask(Ask::Agents());
    if (!all)
        return tl::unexpected(all.error());
    const auto found = std::find_if(all->begin(), all->end(), [&name](const AgentRecord &agent) {
        return agent.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (found == all->end())
        return fail(ErrorKind::notFound,
                    QStringLiteral("There is no agent \"%1\". See earshotctl agent list").arg(name));
    return *found;
}

Result<ViewRecord> Call::view(const QString &name)
{
    const auto views = ask(Ask::Views());
    if (!views)
        return tl::unexpected(views.error());
    for (const CountedView &one : *views) {
        if (one.view.content.name.compare(name, Qt::CaseInsensitive) == 0)
            return one.view;
    }
    return fail(ErrorKind::notFound, QStringLiteral("There is no view \"%1\"").arg(name));
}

Result<TagRecord> Call::tag(const QString &name)
{
    const auto all = ask(Ask::Tags());
    if (!all)
        return tl::unexpected(all.error());
    const auto found = std::find_if(all->begin(), all->end(), [&name](const TagRecord &tag) {
        return tag.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (found == all->end())
        return fail(ErrorKind::notFound, QStringLiteral("There is no tag \"%1\"").arg(name));
    return *found;
}

Result<TeamRecord> Call::team(const QString &name)
{
    const auto all = ask(Ask::Teams());
    if (!all)
        return tl::unexpected(all.error());
    const auto found = std::find_if(all->begin(), all->end(), [&name](const TeamRecord &team) {
        return team.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (found == all->end())
        return fail(ErrorKind::notFound, QStringLiteral("There is no team \"%1\". See earshotctl team list").arg(name));
    return *found;
}

Result<QHash<ChannelId, ChannelRecord>> Call::channelsById()
{
    const auto all = ask(Ask::Channels{true});
    if (!all)
        return tl::unexpected(all.error());
    QHash<ChannelId, ChannelRecord> byId;
    for (const ChannelRecord &channel : *all)
        byId.insert(channel.id, channel);
    return byId;
}

Result<QString> Call::text(const QString &argument)
{
    QString text = argument;
    if (argument == QLatin1StringView("-")) {
        const Result<QByteArray> input = readInput(argument, longestText);
        if (!input)
            return tl::unexpected(input.error());
        text = QString::fromUtf8(*input);
        if (text.endsWith(QLatin1Char('\n')))
            text.chop(1);
    }
    if (text.trimmed().isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("The text is empty"));
    return text;
}

} // namespace Earshot
