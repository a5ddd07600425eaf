// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QKeyEvent>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

class QDialog;
class QWidget;

namespace Earshot {

class CommandRegistry;

/// Runs commands by single keys ("R", "Shift+A", "!") and chords ("G M") on the widgets that it watches: the list and
/// the timeline. Inert while an editor, a combo box, a button or a popup has the keyboard. A letter of a layout that
/// types no Latin ones counts by its place on an American keyboard. A chord lapses after 1.5 s or when the focus moves.
/// No key is lost to who is quicker than the program: what cannot be done yet waits, and with it what is pressed after
/// it. It is done, or typed where the keyboard has gone meanwhile, if by then the same is before the eyes.
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
    /// What a key waits for.
    struct Waiting
    {
        std::function<bool()> isBusy;        ///< what cannot be done now can be in a moment
        std::function<bool()> isHandingOver; ///< what has the keyboard takes none before something is done
        std::function<QList<qint64>()> seen; ///< what commands work on: other ones = those were not meant
    };
    void setWaiting(Waiting waiting) { m_waiting = std::move(waiting); }
    /// One of these is another: once all else that comes of it was done, what waits is done.
    void goOn();
    /// For when an editor was asked for and did not open: who types on regardless must not run commands. What is
    /// pressed waits until the editor has come (letGo()); it is given up when nothing came for a second, or when it is
    /// clear that nobody writes: Escape, Ctrl+Enter, a key that walks, or the letter that walks a list for the third
    /// time in a row.
    void holdBack();
    void letGo();
    /// The same while a dialog is awaited that the keys are for.
    void holdWhile(bool isAwaited) { isAwaited ? holdBack() : letGo(); }
    [[nodiscard]] bool isHeldBack() const { return m_heldBack.isActive(); }
    [[nodiscard]] bool isWaiting() const { return !m_queue.isEmpty(); }
    void setHoldTime(int milliseconds) { m_heldBack.setInterval(milliseconds); }
    void setChordTime(int milliseconds) { m_lapse.setInterval(milliseconds); }

    /// What is pressed before it is there is meant for it: who opens it by a key types on.
    static void goesOnIn(QDialog &dialog);

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
    /// What waited is not done. @param command of the first key; empty = it was of none
    void givenUp(const QString &command);

private:
    bool onKey(const QKeyEvent &event);
    /// @param event waits where it cannot be done yet; null = it is a chord, whose beginning is over
    void run(const QString &id, const QKeyEvent *event);
    [[nodiscard]] bool isBusy() const { return m_waiting.isBusy && m_waiting.isBusy(); }
    [[nodiscard]] bool isHandingOver() const { return m_waiting.isHandingOver && m_waiting.isHandingOver(); }
    void setChord(const QString &begun);
    /// What is pressed while an editor is awaited. @return whether it was for that
    [[nodiscard]] bool isForEditor(const QKeyEvent &event);
    /// The same while others wait. @return whether it waits behind them, or was for who gives them up
    [[nodiscard]] bool isBehind(const QKeyEvent &event);
    void wait(const QKeyEvent &event);
    void doWaiting();
    void giveUp();

    CommandRegistry &m_commands;
    QString m_chord;
    QTimer m_lapse;
    QTimer m_heldBack;
    Waiting m_waiting;
    QList<std::shared_ptr<QKeyEvent>> m_queue; ///< keys that wait
    QList<qint64> m_seen;                      ///< when the first of them was pressed
    bool m_isDoingWaiting = false;
    bool m_isForEditor = false; ///< they are no commands
    QTimer m_patience;          ///< how long they wait
    QString m_heldName;         ///< the last letter for the editor
    int m_heldRun = 0;
    bool m_isActive = true;
};

} // namespace Earshot
