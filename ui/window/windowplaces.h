// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace Earshot {

/// A conversation's own window, or a contact's, as the next start knows it.
struct WindowPlace
{
    ConversationId conversation; ///< a contact's window: the one that it was opened from
    qint64 number = 0;           ///< of the conversation: after a restore its id may be another's; 0 = not known
    QByteArray geometry;         ///< as QWidget::saveGeometry() has it
    bool isContact = false;
    bool operator==(const WindowPlace &) const = default;
};

/// Which conversations and contacts stand in windows of their own: kept in the settings, for each workspace of this
/// computer. What was stored for another file of that name is not given. On the GUI thread.
class WindowPlaces final
{
public:
    /// @param isReading of the windows in which the file can only be read: another process may work on it meanwhile
    WindowPlaces(const QString &file, bool isReading);
    [[nodiscard]] QList<WindowPlace> stored() const;
    /// The first of them, at most `most`.
    void store(const QList<WindowPlace> &places) const;
    /// The file is to go, and is still there.
    static void forget(const QString &file);
    static constexpr qsizetype most = 20;
    /// So many workspaces are remembered whether or not their files are there.
    static constexpr qsizetype mostWorkspaces = 30;

private:
    const QString m_file;
    const QString m_key;
    const QString m_identity; ///< of the file
};

} // namespace Earshot
