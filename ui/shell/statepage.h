// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QPushButton;

namespace Earshot {

class PlainLabel;

/// What a screen shows in place of its content: nothing there, loading, or an error; with the next step.
class StatePage final : public QWidget
{
    Q_OBJECT

public:
    explicit StatePage(QWidget *parent = nullptr);
    /// @param step text of the button; empty = none
    void show(const QString &icon, const QString &title, const QString &text, const QString &step = {});
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void stepAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void makeRoom();
    QString m_icon;
    QWidget *m_space;
    PlainLabel *m_title;
    PlainLabel *m_text;
    QPushButton *m_step;
};

} // namespace Earshot
