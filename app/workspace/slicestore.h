// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"
#include "workspace/slicecatalogue.h"

#include <QFuture>
#include <QMutex>
#include <QPromise>
#include <QSet>
#include <QThread>
#include <QWaitCondition>

#include <deque>
#include <memory>

namespace Earshot {

/// Makes a workspace's slices, one after another on a thread of its own, with a connection of its own, and keeps them
/// as files under WORKSPACE.slices/. They are made only when somebody wants them, and again only when a row in them has
/// changed. Finishes the slice that it is making when it dies.
class SliceStore final : public QThread
{
    Q_OBJECT

public:
    struct Options
    {
        SliceSizes sizes;
        Duration rest = std::chrono::minutes(1);  ///< one that changes all the time is not made more often than this
        Duration keptFor = std::chrono::hours(1); ///< one that was replaced stays for who is still fetching it
        Duration unusedFor = std::chrono::hours(336); ///< one that nobody asked for goes
    };
    /// What may be fetched now.
    struct Listing
    {
        QList<Slice> slices;          ///< in the order in which they are best fetched: newest conversations first
        QList<Slice> toCome;          ///< with conversations: they are being made
        bool isComplete = false;      ///< false: more are being made; ask again
        std::optional<Error> trouble; ///< why making them has stopped
    };

    SliceStore(QString workspace, const Clock &clock, const Options &options);
    ~SliceStore() override;

    /// The slices without those of hidden channels, and begins to make what is missing. Any thread.
    [[nodiscard]] QFuture<Result<Listing>> list(const QSet<qint64> &hiddenChannels);
    /// The file of a slice; nothing when there is none of that name, or it is of a hidden channel. Any thread.
    [[nodiscard]] std::optional<QString> find(const QString &hash, const QSet<qint64> &hiddenChannels);
    [[nodiscard]] QString folder() const { return m_workspace + QStringLiteral(".slices"); }

protected:
    void run() override;

private:
    struct Asked
    {
        QSet<qint64> hidden;
        std::shared_ptr<QPromise<Result<Listing>>> promise;
    };
    struct Retired
    {
        qint64 channel = 0;
        Time since;
    };

    void load();
    void save();
    void answer(const Asked &asked);
    [[nodiscard]] Done look();
    [[nodiscard]] std::optional<SliceCatalogue::Key> next();
    [[nodiscard]] Done make(const SliceCatalogue::Key &key);
    [[nodiscard]] bool isWanted(const Slice &slice) const;
    void clear();
    void retire(const QString &hash, qint64 channel);

    const QString m_workspace;
    const Clock &m_clock;
    const Options m_options;
    QMutex m_mutex; ///< of what follows; held only while it is looked at or changed
    QWaitCondition m_hasWork;
    SliceCatalogue m_catalogue; ///< changed by the thread of its own only
    QHash<QString, Retired> m_retired;
    std::deque<Asked> m_asked;
    bool m_isEnding = false;
    // Of the thread of its own.
    QSet<qint64> m_hiddenFromAll; ///< nobody who asked sees these
    bool m_isWished = false;
    std::optional<Error> m_trouble;
};

} // namespace Earshot
