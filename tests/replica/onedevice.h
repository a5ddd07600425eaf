// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/erasing.h"
#include "replica/replicasession.h"
#include "tests/server/serverworld.h"

#include <QDir>
#include <QSignalSpy>

namespace Earshot {

/// A keychain of a test's.
[[nodiscard]] TokenStore storeOf(QHash<QString, QByteArray> &kept);

/// A server, and Kim's device with a replica that holds secret words, also in what lies beside it: what tests of
/// parting begin with. begin() and end() belong into a test's init() and cleanup().
class OneDevice
{
protected:
    // A member, as other tests of this folder have a function of this name.
    [[nodiscard]] static QString str(const char *text) { return QString::fromUtf8(text); }

    void begin();
    void end();
    /// A new device, on a replica of its own.
    void join(quint16 port);
    void open();
    void close();
    void tellToErase();
    [[nodiscard]] QString path() const { return m_folder->filePath(str("desk.earshot")); }
    [[nodiscard]] bool holds(const char *word) const;
    [[nodiscard]] Time erasedAt();
    [[nodiscard]] QStringList left() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    /// To its end. @param leaves what is there then
    void erase(const QStringList &leaves = {});
    /// @return whether that is over
    [[nodiscard]] bool report();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReplicaSession> m_session;
    std::unique_ptr<QSignalSpy> m_parted;
    QByteArray m_token;
    QHash<QString, QByteArray> m_kept;

private:
    void fill();
};

} // namespace Earshot
