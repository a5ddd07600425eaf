// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QTcpSocket>

#include <optional>

namespace Earshot {

/// A proxy on a free port of 127.0.0.1 before a server: hands bytes on, and loses what a test wants to be lost. Lives
/// on the test's thread, ends with it.
class CuttingProxy final : public QTcpServer
{
    Q_OBJECT

public:
    CuttingProxy(QString host, quint16 port);

    /// From the next request on that begins with these bytes: it reaches the server whole, its answer is lost. Empty:
    /// nothing is lost.
    /// @param instead what the client hears in their place; empty = the connection ends
    void cutAnswersTo(const QByteArray &beginning, const QByteArray &instead = {})
    {
        m_beginning = beginning;
        m_instead = instead;
    }
    /// The same of requests that have these bytes in them.
    void cutAnswersWith(const QByteArray &part, const QByteArray &instead = {})
    {
        m_cutPart = part;
        m_instead = instead;
    }
    /// From the next request on that begins with these bytes: its answer comes when the held ones are let go.
    void holdAnswersTo(const QByteArray &beginning) { m_toHold = beginning; }
    /// The next request that has these bytes in it, wherever they are: the same, of it alone.
    /// @param instead what the client hears then; empty = what the server answered
    void holdNextWith(const QByteArray &part, const QByteArray &instead = {})
    {
        m_partToHold = part;
        m_insteadOfHeld = instead;
    }
    void letHeldGo();
    /// Requests whose answers are held, those let go counted, too.
    [[nodiscard]] int heldCount() const { return m_heldCount; }
    /// From now on a WebSocket is begun, and ends before anything has gone through it.
    void endWebSockets(bool isSo) { m_endsSockets = isSo; }
    /// From now on what the server says by a WebSocket is lost, as on a line that is dead.
    void losePushes(bool isSo)
    {
        m_losesPushes = isSo;
        m_lostPushes.clear();
    }
    /// All of it since then.
    [[nodiscard]] const QByteArray &lostPushes() const { return m_lostPushes; }
    /// From now on larger requests do not reach the server. @param most bytes of a body; 0 = any
    void refuseLarger(qint64 most, const QByteArray &answer)
    {
        m_most = most;
        m_refusal = answer;
    }
    /// What becomes of a request that fails.
    struct Failure
    {
        bool isArriving = false; ///< the server has it all the same
        bool isCut = false;      ///< half of it reaches the server, or half of its answer the client
        QByteArray instead;      ///< what the client hears; empty = the connection ends
    };
    /// The k-th request from now on, 0 = the next, fails.
    void failRequest(int k, const Failure &failure)
    {
        m_toFail = k;
        m_failure = failure;
    }
    /// So many requests from now on reach the server; then it is as if it had been stopped, until goOn().
    void stopAfter(int requests) { m_left = requests; }
    void goOn() { m_left.reset(); }
    [[nodiscard]] bool hasStopped() const { return m_left && *m_left < 0; }
    /// From the next request on that has these bytes in it: it does not reach the server whole. Empty: nothing is lost.
    /// @param instead what the client hears; empty = the connection ends
    void loseRequests(const QByteArray &part, const QByteArray &instead = {})
    {
        m_lost = part;
        m_insteadOfLost = instead;
    }
    /// From now on it keeps a header of each request to itself, as a proxy does that knows nothing of it.
    /// @param name in lower case
    void swallowHeader(const QByteArray &name) { m_swallowed = name; }
    /// The first line of each request.
    [[nodiscard]] const QList<QByteArray> &requests() const { return m_requests; }
    /// Nobody gets in any more, and only WebSockets go on; until listenAgain().
    void leaveOnlyWebSockets();
    void listenAgain();
    [[nodiscard]] bool hasFailed() const { return m_toFail < 0; }
    [[nodiscard]] int cutCount() const { return m_cuts; }

Q_SIGNALS:
    void heldGo();

private:
    void onConnection();
    void join(QTcpSocket *client);
    /// The request that is to fail. @return false: the server has it
    [[nodiscard]] bool isLost(QTcpSocket *client, QTcpSocket *server, const QByteArray &bytes);
    [[nodiscard]] bool isRefused(QTcpSocket *client, const QByteArray &bytes, qint64 &left);
    /// @param request what has come of it so far
    [[nodiscard]] bool isToHold(const QByteArray &request);

    const QString m_host;
    const quint16 m_port;
    quint16 m_here = 0;
    QByteArray m_beginning;
    QByteArray m_instead;
    QByteArray m_cutPart;
    QByteArray m_toHold;
    QByteArray m_partToHold;
    QByteArray m_insteadOfHeld;
    QByteArray m_lost;
    QByteArray m_insteadOfLost;
    QByteArray m_refusal;
    QByteArray m_swallowed;
    QByteArray m_lostPushes;
    QList<QByteArray> m_requests;
    qint64 m_most = 0;
    std::optional<int> m_toFail;
    std::optional<int> m_left; ///< below 0 = somebody asked in vain
    Failure m_failure;
    int m_cuts = 0;
    int m_heldCount = 0;
    bool m_endsSockets = false;
    bool m_losesPushes = false;
};

} // namespace Earshot
