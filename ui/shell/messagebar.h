// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QPushButton;
class QToolButton;

namespace Earshot {

class Desk;
class PlainLabel;

/// One line that tells what happened, without standing in the way: an undoable deed, a refusal with "do it anyway".
/// What was done, and a hint (why a key does nothing), go by themselves after ten seconds; trouble stays until closed
/// or replaced. Each has its own sign.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { information, hint, trouble };

    explicit MessageBar(QWidget *parent = nullptr);
    /// @param button text of the button that does `run`; empty = none
    void show(Kind kind, const QString &text, const QString &button = {}, std::function<void()> run = {});
    [[nodiscard]] QString text() const;
    /// Says something more beside what is said, which can still be answered.
    void add(const QString &text);
    void clear();
    /// From now on it goes, where it names somebody, as soon as something may no longer be seen there.
    void forgetWithdrawn(Desk &desk);
    /// Whether what is shown goes by itself.
    [[nodiscard]] bool lapses() const { return m_lapse.isActive(); }
    void setLapseTime(int milliseconds) { m_lapse.setInterval(milliseconds); }
    /// Does what its button offers. @return whether it offers anything
    bool act();

Q_SIGNALS:
    /// It went while it had the keyboard.
    void focusLeft();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PlainLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
    QTimer m_lapse;
    std::function<void()> m_run;
    Kind m_kind = Kind::information;
};

} // namespace Earshot
