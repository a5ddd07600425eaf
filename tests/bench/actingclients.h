// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QJsonObject>
#include <QMap>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

QT_FORWARD_DECLARE_CLASS(QWebSocket)

namespace Earshot {

/// Runs the event loop until it is done, or so many ms have passed.
void runFor(int ms, const std::function<bool()> &isDone);

/// WebSockets that act in turn, and one that is told of them by deltas and looks when.
class ActingClients
{
public:
    struct Load
    {
        int perSecond = 500;
        int seconds = 5;
        int inFrame = 1;
    };
    struct Measured
    {
        std::vector<double> answers; ///< ms from an action's being sent to its answer
        std::vector<double> heard;   ///< ms to its being told to another client
        std::vector<double> applied; ///< ms to its having been applied there, where noteApplied() is told
        double seconds = 0;          ///< until the last answer
        qint64 refused = 0;
        qint64 unanswered = 0; ///< frames
        qint64 pushes = 0;
        qint64 deltas = 0;
        QMap<QString, int> problems; ///< what was not carried out, by what was told
        int polite = 0;              ///< refused requests that were told when to come again
    };

    /// What the n-th action is: kind and arguments.
    using Make = std::function<QJsonObject(int n)>;
    /// Notes go to the conversations 1 ... `conversations`.
    ActingClients(quint16 port, QString account, int conversations);
    ~ActingClients();

    /// The last token is the one's who listens. @return how many are connected
    int open(const QList<QByteArray> &tokens);
    [[nodiscard]] Measured measure(const Load &load);
    /// The same for so many actions of which each begins when the one before has been answered and applied, as peers
    /// are measured. A paced one also waits for what has gone to sleep meanwhile: processors, disk.
    [[nodiscard]] Measured measureTurns(int turns);
    /// From now on they do this instead of adding notes.
    void setActions(Make make) { m_make = std::move(make); }
    /// Acts, as measure() does, until the server has handed out so many change numbers.
    /// @return the last of them; 0 = it did not come to that
    [[nodiscard]] qint64 change(qint64 numbers, const Load &load);
    /// Somebody has applied everything up to that change number.
    void noteApplied(qint64 seq);
    /// Sockets that have ended, by why.
    [[nodiscard]] const QMap<QString, int> &ended() const { return m_ended; }

private:
    void openOne(const QByteArray &token, bool isListening);
    void beginMeasuring();
    void endMeasuring(double begun);
    void takeTurn();
    void act(int inFrame);
    [[nodiscard]] QJsonObject note(int n) const;
    void onText(const QString &text);
    void onPush(const QString &text, double now);
    /// ms from each action's being sent.
    [[nodiscard]] std::vector<double> timesUntil(const std::vector<std::pair<qint64, double>> &reached) const;
    [[nodiscard]] double now() const { return double(m_clock.nsecsElapsed()) / 1e6; }

    const quint16 m_port;
    const QString m_account;
    const int m_conversations;
    Make m_make;
    QElapsedTimer m_clock;
    std::vector<std::unique_ptr<QWebSocket>> m_clients;
    int m_open = 0;
    int m_next = 0;
    bool m_isTold = false; ///< the one who listens was told where it is
    struct Sent
    {
        double at = 0;
        int actions = 0;
    };
    QHash<QString, Sent> m_sent;       ///< by the frame's id
    QHash<qint64, double> m_sentOfSeq; ///< by the change number that it got
    std::pair<qint64, qint64> m_seqs;  ///< the lowest and the highest of them since change() began
    using Reached = std::vector<std::pair<qint64, double>>;
    Reached m_heardSeqs; ///< how far the one who listens was told, and when
    Reached m_appliedSeqs;
    int m_turns = 0; ///< that are still to come
    Measured m_measured;
    QMap<QString, int> m_ended;
};

} // namespace Earshot
