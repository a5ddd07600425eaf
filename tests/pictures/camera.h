// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>

namespace Earshot {

/// Photographs the whole display: popups and window frames too. It can also look at each screen itself, for what the
/// eye would have to search. On the GUI thread.
class Camera final
{
public:
    /// What it looks for: what is clipped (for a language that is longer), what takes strangers' names for markup (then
    /// everybody and everything in the workspace is named like that), what says nothing to a screen reader, or what has
    /// no room (in a mirrored window, or on a screen of few points: then the window has its size).
    enum class Look { none, forClipping, forMarkup, forNames, forRoom };
    using Condition = std::function<bool()>;

    /// @param folder where the pictures go; empty = nowhere @param only pictures whose name holds this; empty = all
    Camera(QString folder, QString only, Look look);

    [[nodiscard]] Look look() const { return m_look; }
    /// A name that somebody in the team gives to something.
    [[nodiscard]] QString named(const char *name) const;
    /// Waits for a state; a word on stderr, and it counts as failed, when it does not come.
    bool until(const char *what, const Condition &condition);
    /// Takes a picture of what is shown, and looks at it itself, where that is wanted.
    void photograph(const QString &name);
    [[nodiscard]] bool isWanted(const QString &name) const { return m_only.isEmpty() || name.contains(m_only); }
    /// The states that were reached, those of which no picture was wanted too.
    [[nodiscard]] const QStringList &reached() const { return m_reached; }
    /// Something that was to be photographed is not there.
    void fail() { ++m_failed; }
    [[nodiscard]] int failed() const { return m_failed; }

private:
    void takePicture(const QString &name);
    void lookAt(const QString &name);

    const QString m_folder;
    const QString m_only;
    const Look m_look;
    QStringList m_reached;
    QHash<QByteArray, QString> m_prints; ///< of what was photographed: no two states look alike
    int m_failed = 0;
};

} // namespace Earshot
