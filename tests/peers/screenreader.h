// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QRect>
#include <QStringList>

#include <functional>
#include <vector>

namespace Earshot {

/// One thing on somebody's screen, as AT-SPI names it: the program's name on the bus and a path there.
struct AccessibleNode
{
    QString service;
    QString path;
    [[nodiscard]] bool isThere() const
    {
        return path.startsWith(QLatin1Char('/')) && !path.endsWith(QLatin1String("/null"));
    }
    friend bool operator==(const AccessibleNode &, const AccessibleNode &) = default;
};

/// What a screen reader learns of a thing. Roles and states as in atspi-constants.h.
struct AccessibleFacts
{
    QString role;
    QString name;
    QString description;
    quint64 states = 0;
    int childCount = 0;
    [[nodiscard]] bool is(int state) const { return (states >> state) & 1; }
};

/// A screen reader of a test's: it speaks AT-SPI over D-Bus with the programs on this desktop, hears where the focus is
/// and what is announced, and presses keys. Wants the session bus of tests/peers/screenreader/run. GUI or main thread;
/// each question waits for its answer, for 20 s at most. https://gitlab.gnome.org/GNOME/at-spi2-core, its xml/ folder.
class ScreenReader final : public QObject
{
    Q_OBJECT

public:
    /// Of the states of atspi-constants.h those that are asked for.
    enum State { Active = 1, Focusable = 11, Focused = 12, Selected = 23, Showing = 25 };

    ScreenReader();
    ~ScreenReader() override;
    /// False when there is no accessibility bus; `trouble` says why.
    [[nodiscard]] bool isListening() const { return m_isListening; }
    [[nodiscard]] QString trouble() const { return m_trouble; }

    /// The programs that have made themselves known.
    [[nodiscard]] std::vector<AccessibleNode> programs();
    [[nodiscard]] std::vector<AccessibleNode> children(const AccessibleNode &node);
    [[nodiscard]] AccessibleFacts facts(const AccessibleNode &node);
    [[nodiscard]] QString text(const AccessibleNode &node);
    [[nodiscard]] QRect place(const AccessibleNode &node);
    bool act(const AccessibleNode &node, int action = 0);
    [[nodiscard]] QStringList actions(const AccessibleNode &node);
    /// Calls `visit` for a node and all below it that are shown, parents first, until it says false. How many were
    /// seen.
    int walk(const AccessibleNode &top,
             const std::function<bool(const AccessibleNode &, const AccessibleFacts &)> &visit);
    /// The first that is shown and fits; none when nothing does.
    [[nodiscard]] AccessibleNode find(const AccessibleNode &top, const QString &role, const QString &namePart);

    /// Presses and lets go a key by its X11 name, as of a keyboard.
    void press(quint32 keysym);
    /// Keys one after another: letters in lower case, as they are on the keyboard.
    void type(const QString &letters);

    /// What was said since the last call: "ROLE: NAME" of what got the focus and of notifications, oldest first.
    [[nodiscard]] QStringList takeSaid();
    [[nodiscard]] AccessibleNode focused() const { return m_focused; }

private Q_SLOTS:
    void stateChanged(const QDBusMessage &event);

private:
    [[nodiscard]] QDBusMessage ask(const AccessibleNode &node, const char *interface, const char *method,
                                   const QVariantList &arguments = {});
    [[nodiscard]] QVariant property(const AccessibleNode &node, const char *interface, const char *name);

    QDBusConnection m_bus;
    QString m_trouble;
    bool m_isListening = false;
    QStringList m_said;
    AccessibleNode m_focused;
};

} // namespace Earshot
