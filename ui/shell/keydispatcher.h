// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

class QKeyEvent;
class QWidget;

namespace Earshot {

class CommandRegistry;

/// Runs commands by single keys ("R", "Shift+A", "!") and chords ("G M") on the widgets that it watches: the list and
/// the timeline. Inert while an editor, a combo box, a button or a popup has the keyboard. A letter of a layout that
/// types no Latin ones counts by its place on an American keyboard. A chord lapses after 1.5 s or when the focus moves.
class KeyDispatcher final : public QObject
{
    Q_OBJECT

public:
    explicit KeyDispatcher(CommandRegistry &commands, QObject *parent = nullptr);

    void watch(QWidget *widget);
    /// One switch for all single keys.
    void setActive(bool isActive) { m_isActive = isActive; }
    [[nodiscard]] bool isActive() const { return m_isActive; }
    [[nodiscard]] bool isInChord() const { return !m_chord.isEmpty(); }
    /// For when an editor was asked for and did not open: who types on regardless must not run commands. Letters do
    /// nothing until none came for a second, or until it is clear that nobody writes: Escape, Ctrl+Enter, a key that
    /// walks, or the letter that walks a list for the third time in a row.
    void holdBack();
    void letGo() { m_heldBack.stop(); }
    /// The same while a dialog is awaited that the keys are for.
    void holdWhile(bool isAwaited) { isAwaited ? holdBack() : letGo(); }
    [[nodiscard]] bool isHeldBack() const { return m_heldBack.isActive(); }
    void setHoldTime(int milliseconds) { m_heldBack.setInterval(milliseconds); }
    void setChordTime(int milliseconds) { m_lapse.setInterval(milliseconds); }

    /// A key as commands spell it; empty when it is none of ours (control keys, modifiers other than Shift).
    [[nodiscard]] static QString keyName(const QKeyEvent &event);
    /// The digit of a key in the row of digits, also where it types something else without Shift (French); 0 = none.
    [[nodiscard]] static int digitOf(const QKeyEvent &event);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// A chord began (its first key) or ended (empty).
    void chordChanged(const QString &begun);
    /// A key of a command that cannot be done now.
    void refused(const QString &command);

private:
    bool onKey(const QKeyEvent &event);
    void setChord(const QString &begun);
    [[nodiscard]] bool isSwallowed(const QString &name);

    CommandRegistry &m_commands;
    QString m_chord;
    QTimer m_lapse;
    QTimer m_heldBack;
    QString m_swallowed; ///< the last letter that did nothing
    int m_swallowedRun = 0;
    bool m_isActive = true;
};

} // namespace Earshot
