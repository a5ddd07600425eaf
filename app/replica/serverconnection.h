// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/future.h"
#include "model/id.h"
#include "model/parting.h"
#include "model/secret.h"
#include "networks/http.h"
#include "replica/replicaserver.h"
#include "replica/serveranswers.h"
#include "replica/serversession.h"

#include <QThread>
#include <QUrl>

#include <atomic>
#include <functional>

namespace Earshot {

class ServerWire;

/// A new device's token.
struct ServerLogin
{
    Secret token;
    AgentId agent;
};

/// How long a line that says nothing is taken for one that is alive. As long as something moves on it, however slowly,
/// it is.
struct LinePatience
{
    /// Whoever waits for a large answer asks again sooner than that comes to its end.
    Duration silence = std::chrono::seconds(30);
    /// The same of a file that is sent, at most: see ofUpload().
    Duration silenceOfUpload = std::chrono::minutes(5);
    /// A socket that has answered nothing from one of these beats to the next is dead, and so is one that is not there
    /// after the first. Sleep and changed networks leave such ones, and so does what swallows a handshake. Who looks at
    /// a conversation is shown for 25 s at most after having gone, also where it is this device that went.
    Duration beat = std::chrono::seconds(12);

    /// All of a file may lie in a buffer of this machine or a proxy and still be to go out: so long as that takes by a
    /// slow line.
    /// @param inVain so often in a row it was given up: the line may be slower
    [[nodiscard]] Duration ofUpload(qint64 bytes, int inVain) const;
    /// Whether an upload that failed was given up, and not refused or cut off early: then the next is waited for
    /// longer.
    [[nodiscard]] bool wasGivenUp(Duration waited, qint64 bytes, int inVain) const
    {
        return 2 * waited >= ofUpload(bytes, inVain);
    }
};

/// Speaks JMAP with one server as one device (app/server/PROTOCOL.md), on a thread of its own. The token goes to that
/// server and nowhere else; no certificate is passed over. Members may be called from any thread; futures end on any,
/// each once. Errors of all: transient (not reached), certificate, authExpired (no such token any more), permission,
/// rateLimited (with `until`), malformed, cancelled (closed).
class ServerConnection final : public QObject
{
    Q_OBJECT

public:
    /// @param token empty = a stranger, who may only log in
    /// @param authorities certificates (PEM) that this connection trusts beside what the whole process does
    ServerConnection(const QUrl &server, const Secret &token, const Clock &clock, const QByteArray &authorities = {},
                     const LinePatience &patience = {});
    ~ServerConnection() override;

    [[nodiscard]] const QUrl &server() const { return m_server; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    void setToken(const Secret &token);
    /// Counts the tokens: a session with another number says who this device was under an earlier one.
    [[nodiscard]] int presentLogIn() const { return m_logIn; }
    /// Ends what is under way and all that is asked later with `cancelled`.
    void close();
    [[nodiscard]] bool isClosed() const { return m_isClosed; }

    /// @param device how the device is called in the agent's list of them. Errors: also refused (wrong name or
    /// password)
    [[nodiscard]] QFuture<Result<ServerLogin>> logIn(const QString &name, const Secret &password,
                                                     const QString &device);
    /// The server forgets this device's token; nothing is said with it afterwards. Errors: also authExpired (there is
    /// no token here: the server cannot be told which one to forget).
    [[nodiscard]] QFuture<Done> logOut();
    /// A device has erased what it kept, as it was told to: said for ten seconds at most.
    /// @param tokenId of its log-in @param proof erasedProof()
    [[nodiscard]] QFuture<Done> reportErased(const QString &tokenId, const QString &proof);
    /// Through a new connection, as all that is asked later: those that are kept may be dead.
    [[nodiscard]] QFuture<Result<ServerSession>> begin();
    [[nodiscard]] QFuture<Result<SliceListing>> slices();
    /// @return more than was asked for where somebody on the way knows no ranges: all of it is here then. Errors: also
    /// notFound.
    [[nodiscard]] QFuture<Result<QByteArray>> piece(const QString &account, const QString &blob, qint64 from,
                                                    qint64 most);
    /// Puts a message's file into a media folder. Errors: also notFound, malformed (it is another one), diskFull, io.
    [[nodiscard]] QFuture<Done> fetchMedia(const QString &account, const QString &hash, const QString &mediaFolder);
    /// Several methods, as many answers. They may be sent again when nobody knows whether they arrived.
    [[nodiscard]] QFuture<Result<QList<ServerCall>>> call(const QString &account, const QList<ServerCall> &calls);
    /// One that does something, sent once. Errors: also unsure (it may have arrived), those of the method.
    /// @param patience so long a line that says nothing is waited for, and no longer than any other
    [[nodiscard]] QFuture<Result<QJsonObject>> callOnce(const QString &account, const ServerCall &call,
                                                        Duration patience);
    /// @param inVain see LinePatience::ofUpload() @return the blob's id. Errors: also unsupported (not a type that is
    /// sent along), tooLarge.
    [[nodiscard]] QFuture<Result<QString>> upload(const QString &account, const QByteArray &bytes, const QString &type,
                                                  int inVain = 0);
    [[nodiscard]] const LinePatience &patience() const { return m_patience; }
    /// Ends after that time.
    [[nodiscard]] QFuture<Done> rest(Duration time);

    /// Listens at the socket for what others do, in place of any other that was listened at.
    /// @param pushState what is known already @return the number of this line: what is said of another one comes late
    int listen(const QUrl &socket, const QString &pushState);
    void stopListening();
    /// From now on no Delta is told: whoever asks for all of it would only have it twice, and meanwhile they pile up.
    void ignoreDeltas();
    /// They are told again. @return whether any was left out
    bool heedDeltas();
    /// A message over the socket; lost where nothing is listened to.
    void say(const QJsonObject &message);

Q_SIGNALS:
    // From the connection's thread.
    /// The server takes this device's messages, and answers.
    void listening(int line);
    /// A StateChange, or a Delta that is not ignored.
    void told(const QJsonObject &message);
    /// A PresenceChange.
    void presenceTold(const QJsonObject &message);
    /// The socket is no more, not by stopListening().
    void listeningEnded(const QString &why, int line);
    /// The server proves that it knows this device, and says that what is kept here may no longer be. Any answer may
    /// tell it, also more than once, before that answer's future ends; not one to an earlier log-in.
    void parted(Earshot::Parting parting);

private:
    template <class T>
    [[nodiscard]] QFuture<Result<T>> ask(const HttpRequest &request, std::function<Result<T>(const HttpAnswer &)> read);
    [[nodiscard]] HttpRequest callRequest(const QString &account, const QList<ServerCall> &calls) const;
    [[nodiscard]] HttpRequest request(const QByteArray &method, const QString &path) const;

    const QUrl m_server;
    const Clock &m_clock;
    const ServerAnswers m_answers;
    const LinePatience m_patience;
    std::atomic<bool> m_hasToken;
    std::atomic<bool> m_isClosed = false;
    std::atomic<int> m_logIn = 0;
    std::atomic<int> m_line = 0;
    std::atomic<bool> m_isIgnoring = false;
    std::atomic<bool> m_hasIgnored = false;
    QThread m_thread;
    ServerWire *m_wire; ///< lives on that thread
};

} // namespace Earshot
