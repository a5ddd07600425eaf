// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QPointer>

#include <functional>

class QPushButton;

namespace Earshot {

class PlainLabel;
class WrapLayout;

/// One sentence with a few answers as buttons, in the place that it is about. Stays until answered or cleared.
class ChoiceBar final : public QFrame
{
    Q_OBJECT

public:
    struct Choice
    {
        QString text;
        std::function<void()> run;
    };

    explicit ChoiceBar(QWidget *parent = nullptr);
    void ask(const QString &text, const QList<Choice> &choices = {});
    void clear();
    /// In place of the warning that it begins with.
    void setIcon(const QString &icon) { m_icon = icon; }
    /// Empty when nothing is asked.
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PlainLabel *m_text;
    WrapLayout *m_row;
    QList<QPushButton *> m_buttons;
    QPointer<QWidget> m_before; ///< had the keyboard before one of the buttons
    QString m_icon = QStringLiteral("warning");
};

} // namespace Earshot
