// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasession.h"

#include "desk/questionjson.h"
#include "replica/erasing.h"
#include "replica/pauses.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr Duration patienceWithDevices = std::chrono::seconds(30);
/// A house full of desktops has its network back in one moment.
constexpr Duration longestAfterNetwork = std::chrono::seconds(2);

} // namespace

Result<std::unique_ptr<ReplicaSession>> ReplicaSession::open(const Options &options, const Clock &clock)
{
    if (erasureOf(options.path))
        return fail(ErrorKind::notFound, QStringLiteral("this device was told to erase it"));
    auto workspace = Workspace::open(options.path, Workspace::Access::owner, clock);
    if (!workspace)
        return tl::unexpected(workspace.error());
    auto file = ReplicaFile::on(**workspace);
    if (!file)
        return tl::unexpected(file.error());
    return std::unique_ptr<ReplicaSession>(new ReplicaSession(std::move(*workspace), std::move(*file), options));
}

ReplicaSession::ReplicaSession(std::unique_ptr<Workspace> workspace, std::unique_ptr<ReplicaFile> file,
                               const Options &options)
    : m_workspace(std::move(workspace))
    , m_file(std::move(file))
    , m_isUsable(m_file->isUsable())
    , m_pauses(options.pauses)
    , m_account(m_file->source().account)
    , m_tokenId(tokenIdOf(options.token))
    , m_awaitsToken(options.awaitsToken)
    , m_connection(std::make_unique<ServerConnection>(QUrl(m_file->source().server), options.token,
                                                      m_workspace->clock(), QByteArray(), options.line))
    , m_desk(std::make_unique<ReplicaDesk>(*m_workspace, *m_connection, m_file->source().agent, options.patience,
                                           options.pauses.first))
    , m_channels(std::make_unique<SharedChannels>(*m_connection, m_workspace->clock(), options.signInTransport))
    , m_follower(new ReplicaFollower(*m_file, *m_connection, options.pauses))
{
    const bool isLoggedOut = options.token.isEmpty() && !m_awaitsToken;
    DeskStatus status;
    status.kind = isLoggedOut ? DeskStatus::Kind::refused : DeskStatus::Kind::offline;
    status.asOf = m_file->asOf();
    status.awaySince = m_file->lastHeard();
    status.share = m_file->joining().share;
    if (options.token.isEmpty())
        status.why = {isLoggedOut ? ErrorKind::authExpired : ErrorKind::noKeychain, {}, {}};
    m_desk->setStatus(status);
    m_thread.setObjectName(QStringLiteral("replica"));
    m_follower->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_follower, &QObject::deleteLater);
    connect(m_follower, &ReplicaFollower::statusChanged, m_desk.get(), &ReplicaDesk::setStatus);
    connect(m_follower, &ReplicaFollower::admitted, m_desk.get(), [this](const ServerSession &session) {
        // Told late, of an earlier log-in: the next one is asked for already.
        if (session.logIn != m_connection->presentLogIn())
            return;
        m_desk->setSession(session);
        m_channels->setAccount(session.account);
    });
    connect(m_follower, &ReplicaFollower::deafened, m_desk.get(), &ReplicaDesk::setDeaf);
    connect(m_follower, &ReplicaFollower::emptied, this, [this] { onParted(Parting::disabled); });
    connect(m_connection.get(), &ServerConnection::parted, this, [this](Parting parting) {
        if (parting == Parting::erase)
            onParted(parting);
    });
    connect(m_follower, &ReplicaFollower::usable, this, &ReplicaSession::usable);
    connect(m_desk.get(), &ReplicaDesk::acts, m_desk.get(), [this] { m_follower->noteDeed(); });
    watchNetwork();
    m_noteAgain.setSingleShot(true);
    connect(&m_noteAgain, &QTimer::timeout, this, [this] { onParted(Parting::erase); });
    m_thread.start();
    if (m_isUsable)
        QMetaObject::invokeMethod(this, &ReplicaSession::usable, Qt::QueuedConnection);
    if (!options.token.isEmpty())
        tryNow();
}

ReplicaSession::~ReplicaSession()
{
    // What the follower waits for ends, then the follower.
    m_connection->close();
    m_thread.quit();
    m_thread.wait();
}

void ReplicaSession::setToken(const Secret &token)
{
    m_awaitsToken = false;
    m_tokenId = tokenIdOf(token);
    // It was told to the former one.
    m_noteAgain.stop();
    // What goes out meanwhile would go out as another device than it is numbered for.
    m_desk->rest();
    m_connection->setToken(token);
    tryNow();
}

void ReplicaSession::takeKept(const Secret &token)
{
    if (!std::exchange(m_awaitsToken, false))
        return;
    if (token.isEmpty())
        QMetaObject::invokeMethod(m_follower, &ReplicaFollower::rest);
    else
        setToken(token);
}

QFuture<Done> ReplicaSession::logOut()
{
    const QFuture<Done> forgotten = m_connection->logOut();
    // Asked with the token; nothing else is from now on.
    m_connection->setToken(Secret());
    QMetaObject::invokeMethod(m_follower, &ReplicaFollower::rest);
    return forgotten;
}

QFuture<Result<QList<TokenRecord>>> ReplicaSession::devices(AgentId agent)
{
    const Question question = Ask::Tokens{agent};
    const ServerCall call{QString::fromLatin1(Ask::Tokens::method), toJson(question)};
    auto listed = Pending<QList<TokenRecord>>::create();
    whenDone(m_connection->callOnce(m_account, call, patienceWithDevices), this,
             [listed, question](const Result<QJsonObject> &told) {
                 const auto answer = told ? answerFromJson(question, *told) : tl::unexpected(told.error());
                 listed->end(answer ? Result<QList<TokenRecord>>(std::get<QList<TokenRecord>>(*answer))
                                    : tl::unexpected(answer.error()));
             });
    return listed->future();
}

QFuture<Done> ReplicaSession::takeDevice(AgentId agent, const QString &id, bool erases)
{
    const ServerCall call{QStringLiteral("Access/change"),
                          {{QStringLiteral("kind"), erases ? 3 : 2},
                           {QStringLiteral("agent"), agent.value},
                           {QStringLiteral("tokenId"), id}}};
    auto taken = std::make_shared<QPromise<Done>>();
    taken->start();
    whenDone(m_connection->callOnce(m_account, call, patienceWithDevices), this,
             [taken](const Result<QJsonObject> &answer) {
                 taken->addResult(answer ? Done() : Done(tl::unexpected(answer.error())));
                 taken->finish();
             });
    return taken->future();
}

void ReplicaSession::onParted(Parting parting)
{
    // Whoever was disabled may be told to erase, too: that takes what was typed here.
    if (m_parting == Parting::erase || m_parting == parting)
        return;
    // Noted first: wherever the program ends afterwards, the next start goes on.
    if (parting == Parting::erase && !beginErasure(m_workspace->path(), server(), {}, m_tokenId)) {
        noteAgain();
        return;
    }
    m_parting = parting;
    Q_EMIT parted(parting);
}

/// A full disk, perhaps. The server is not asked any more once it has said that this device is to go.
void ReplicaSession::noteAgain()
{
    const Duration grown = std::min(m_pauses.first * (1 << std::min(m_unnoted++, 16)), m_pauses.longest);
    const Duration pause = scattered(grown, {}, {}, m_pauses.longest);
    m_noteAgain.start(std::chrono::milliseconds(pause));
}

void ReplicaSession::watchNetwork()
{
    const auto isAway = [this] { return m_desk->status().kind == DeskStatus::Kind::offline; };
    // When it is opened it has not tried yet.
    connect(m_desk.get(), &Desk::statusChanged, &m_network, [this, isAway] {
        if (isAway())
            m_network.begin();
    });
    connect(&m_network, &NetworkWatch::cameBack, this, [this, isAway] {
        QTimer::singleShot(scattered(longestAfterNetwork, {}, {}, {}), this, [this, isAway] {
            if (isAway() && !isKnown(m_desk->status().why.until))
                tryNow();
        });
    });
}

void ReplicaSession::tryNow()
{
    // The server would say that nobody is logged in.
    if (m_awaitsToken)
        return;
    QMetaObject::invokeMethod(m_follower, &ReplicaFollower::begin);
}

} // namespace Earshot
