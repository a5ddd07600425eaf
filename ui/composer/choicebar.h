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

/// A question with a few answers as buttons, in the place that it is about, and a remark beside it. Stays until
/// answered or cleared.
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
    /// In place of what was asked and remarked.
    void ask(const QString &text, const QList<Choice> &choices = {});
    /// Beside what is asked, which stays; in place of the remark before. Answering the remark leaves the question,
    /// answering the question ends both.
    void remark(const QString &text, const QList<Choice> &choices = {});
    void clear();
    /// In place of the warning that it begins with.
    void setIcon(const QString &icon) { m_icon = icon; }
    /// Empty when nothing is said.
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Said
    {
        QString text;
        QList<Choice> choices;
    };
    void say(const Said &question, const Said &remark);
    void addButton(const Choice &choice, bool isOfRemark);
    void giveFocusBack();

    Said m_question;
    Said m_remark;
    PlainLabel *m_text;
    WrapLayout *m_row;
    QList<QPushButton *> m_buttons;
    QPointer<QWidget> m_before; ///< had the keyboard before one of the buttons
    QString m_icon = QStringLiteral("warning");
};

} // namespace Earshot
