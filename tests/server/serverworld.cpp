// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"

#include "workspace/incarnation.h"
#include "workspace/upkeep.h"

#include <QFile>
#include <QStandardPaths>

namespace Earshot {

namespace {

/// Also where assertions are off.
void check(bool isFine)
{
    if (!isFine)
        qFatal("the world could not be made");
}

/// Empty where there is none.
QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, const QByteArray &content)
{
    QFile file(path);
    check(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size());
}

} // namespace

ServerWorld::ServerWorld(const ServerLimits &limits, int conversations)
{
    QStandardPaths::setTestModeEnabled(true);
    const QString path = m_folder.filePath(QStringLiteral("desk.earshot"));
    const Done created = Workspace::create(path, QStringLiteral("Ana"), m_clock);
    check(created.has_value());
    openWorkspace(path);
    static_cast<void>(act(Act::AddAgent{QStringLiteral("Kim"), Role::agent}));
    static_cast<void>(act(Act::AddAgent{QStringLiteral("Bo"), Role::agent}));
    static_cast<void>(act(Act::AddAgent{QStringLiteral("Vic"), Role::viewer}));
    addChannel(QStringLiteral("@acme@social.example"));
    addChannel(QStringLiteral("@sales@social.example"));
    runSql(QStringLiteral("INSERT INTO team (id, seq, created_seq, uuid, name) VALUES (1, :1, :1, 'team-1', 'Sales');"
                          "INSERT INTO team_member (id, seq, created_seq, team, agent) VALUES (1, :2, :2, 1, 2);"
                          "UPDATE channel SET team = 1, seq = :3 WHERE id = 2;"
                          // They have come, and said so.
                          "UPDATE agent SET on_duty = 1"));
    for (int i = 0; i < conversations; ++i) {
        receive(open, QStringLiteral("o%1").arg(i), QStringLiteral("openword number %1").arg(i));
        receive(sales, QStringLiteral("s%1").arg(i), QStringLiteral("secretword number %1").arg(i));
    }
    Server::Options options;
    options.limits = limits;
    start(std::move(options));
}

ServerWorld::~ServerWorld() = default;

void ServerWorld::backUp(const QString &target)
{
    check(backupWorkspace(m_workspace->path(), target).has_value());
}

void ServerWorld::restore(const QString &copy)
{
    const QString path = m_workspace->path();
    closeWorkspace();
    for (const char *end : {"-wal", "-shm", ""})
        QFile::remove(path + QString::fromLatin1(end));
    check(QFile::copy(copy, path));
    openWorkspace(path);
}

void ServerWorld::crash()
{
    const QString path = m_workspace->path();
    const QString log = path + QStringLiteral("-wal");
    const auto outside = loadOutside(meta(QStringLiteral("incarnation")));
    QByteArray inFile;
    QByteArray inLog;
    // Nobody writes meanwhile; what is brought from the log to the file stays in the log until somebody does.
    const auto kept = m_workspace->write<bool>(Urgency::interactive, [&](Writing &) -> Result<bool> {
        inFile = contentOf(path);
        inLog = contentOf(log);
        return true;
    });
    check(kept.result().has_value());
    // What it still does at its end is lost: no answer leaves without this thread.
    closeWorkspace();
    QFile::remove(path + QStringLiteral("-shm"));
    // The same files: others in their place would be taken for copies.
    overwrite(path, inFile);
    overwrite(log, inLog);
    check(!outside || saveOutside(*outside).has_value());
    openWorkspace(path);
}

void ServerWorld::closeWorkspace()
{
    m_server.reset();
    m_intake.reset();
    m_desk.reset();
    m_workspace.reset();
}

void ServerWorld::openWorkspace(const QString &path)
{
    m_workspace = std::move(Workspace::open(path, Workspace::Access::owner, m_clock).value());
    m_desk = std::make_unique<LocalDesk>(*m_workspace, ana);
    m_intake = std::make_unique<Intake>(*m_workspace);
}

void ServerWorld::start(Server::Options options, quint16 port)
{
    m_server = std::make_unique<Server>(*m_desk, std::move(options));
    const Done listening = m_server->listen(QHostAddress(QHostAddress::LocalHost), port);
    check(listening.has_value());
}

void ServerWorld::addChannel(const QString &address)
{
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = address;
    channel.workSince = m_clock.now() - std::chrono::hours(1);
    const ChannelId id(act(channel).created);
    Capabilities can;
    can.canReply = can.canReplyPrivately = can.canLike = true;
    can.maxMedia = 4;
    static_cast<void>(m_intake->storeAccount(id, QString::number(id.value), address, {}, {}, can).result());
}

QByteArray ServerWorld::token(AgentId agent)
{
    const NewToken token = makeToken();
    TokenRecord record;
    record.id = token.parts.id;
    record.hash = token.parts.hash;
    record.agent = agent;
    record.device = newUuid(m_clock.now()).toString(QUuid::WithoutBraces);
    record.name = QStringLiteral("a test's");
    const auto stored = m_workspace->write<bool>(Urgency::interactive, [record](Writing &writing) -> Result<bool> {
        storeToken(writing, record);
        return true;
    });
    check(stored.result().has_value());
    return token.text.reveal();
}

void ServerWorld::setPassword(AgentId agent, const QByteArray &password)
{
    const QString hashed = hashPassword(Secret(password));
    const auto stored =
        m_workspace->write<bool>(Urgency::interactive, [agent, hashed](Writing &writing) -> Result<bool> {
            storePassword(writing, agent, hashed);
            return true;
        });
    check(stored.result().has_value());
}

std::unique_ptr<WireClient> ServerWorld::client(AgentId agent)
{
    return std::make_unique<WireClient>(m_server->port(), agent.isValid() ? token(agent) : QByteArray(), account());
}

void ServerWorld::receive(ChannelId channel, const QString &id, const QString &text)
{
    RemoteMessage message;
    message.uri = QStringLiteral("https://social.example/") + id;
    message.remoteId = id;
    message.url = message.uri;
    message.threadUri = message.uri;
    message.author.id = QStringLiteral("a-") + id;
    message.author.handle = u'@' + id + QStringLiteral("@social.example");
    message.author.name = QStringLiteral("Author ") + id;
    message.sentAt = m_clock.now();
    message.text = text;
    Page page;
    page.messages = {message};
    static_cast<void>(m_intake->storePage(channel, page).result());
    m_clock.advance(std::chrono::seconds(1));
}

/// @param script statements; ":1", ":2", ... become new change numbers
void ServerWorld::runSql(const QString &script)
{
    const auto done = m_workspace->write<bool>(Urgency::interactive, [script](Writing &writing) -> Result<bool> {
        QString text = script;
        for (int i = 1; text.contains(u':' + QString::number(i)); ++i)
            text.replace(u':' + QString::number(i), QString::number(writing.nextSeq()));
        writing.database().execute(text);
        writing.notice().hasChannels = true;
        return true;
    });
    check(done.result().has_value());
}

QString ServerWorld::account()
{
    return meta(QStringLiteral("workspace"));
}

QString ServerWorld::meta(const QString &name)
{
    return m_workspace
        ->readNow<QString>([&name](Database &database) -> Result<QString> {
            Statement find = database.statement("select_meta");
            return find.bind("name", name).next() ? find.text(0) : QString();
        })
        .value();
}

Outcome ServerWorld::act(ActionArguments arguments, AgentId agent)
{
    return m_desk->performAs(agent, {makeAction(std::move(arguments), m_clock.now())}).result().constFirst();
}

QList<AccessLine> ServerWorld::accessLog()
{
    return m_workspace->readNow<QList<AccessLine>>([](Database &database) { return loadAccessLog(database, 100); })
        .value();
}

} // namespace Earshot
