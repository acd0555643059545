"""Right reports full of what a careless reader would shout at, and single sentences of the kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutating.reading import findings_of

QUIET = sorted((Path(__file__).parent / "quiet_reports").glob("*.txt"))

SPENDING = "开支内容\n金额（万元）\n航标灯具\n130.2\n船员培训\n47.4\n护岸\n228.4\n合计\n406.0\n"

RIGHT = {
    "parts that overlap": "享受补贴7,655人，其中生活补贴4,120人、护理补贴5,038人，同时领取两项的1,503人。",
    "parts of which some are told in words": "预算944.00万元，其中中央512.00万元、省级104.00万元，其余由县级配套。",
    "parts that come to a subtotal": "支出386.75万元，其中人员155.6万元，公用86.7万元，合计即基本支出242.3万元；"
    "项目支出144.45万元。",
    "a rate of another subject": "受理信访287件，办结279件，办结率97.21%，噪声类占61%。",
    "a rate of another time": "有效监测365天，优良318天，优良率87.1%，其中前三季度一度为87.9%。",
    "a share whose part is not told": "常住人口118.6万人，转移就业31.2万人，其中在省外务工的约占四成。",
    "answers of two grades": "发放问卷600份：满意327份，基本满意231份，不满意42份，满意度（含基本满意）93.0%。",
    "a change of what is named alike": "受理来信518件，办结503件，办结率97.1%。2022年受理587件，少了69件，降幅11.8%。",
    "more by so many": "进社区开讲180场，比前一年的150场多30场，增加20%。",
    "contracts are no comparison": "采购预算460万元，合同金额321.8万元。年末资产净值18.74亿元，较年初增加0.86亿元。",
    "a month's average beside a year's total": "补贴623户、1,411人，月人均补贴134元，全年发放189.1万元。",
    "incomes beside what was given": "发放低保金218.6万元，救助85人次，人均纯收入13,480元，较上年增长10.04%。",
    "farmland of a high standard": "项目由18人承办，种植面积62.5万亩，年底建成高标准农田3.42万亩。",
    "a tenth as one says it": "全年降雨1,086毫米，比多年平均（1,215毫米）偏少一成。",
    "fewer than planned by so many": "计划修复60件，实际修复藏品46件，少于计划14件，缘于人手不足。",
    "a standard, a number and an amount": "项目\t数量\t标准（元）\t金额（万元）\n种羊补贴\t8120头\t400\t324.80\n"
    "棚舍补助\t51座\t26000\t132.60\n草种补助\t9600斤\t45\t43.20\n",
    "staff in posts and beyond them": "年末实有41人：事业编制28人、劳务派遣13人，与上年持平。",
    "changes up and down in one column": "| 项目 | 2022年 | 2023年 | 变化 |\n| 泵船（艘） | 44 | 39 | 减5 |\n"
    "| 其中：新泵船（艘） | 21 | 30 | 增9 |\n| 船工（人） | 63 | 59 | 减4 |\n| 码头（座） | 18 | 17 | 减1 |\n",
    "owned up to": "23个项目中按期完工21个，按期完工率91.3%，没有达到95%的要求，余下2个跨年实施。",
    "a part and its whole": "社区活动阵地64个，达到示范标准的50个，示范率78.1%，均已完成验收。",
    "a total of other things": "国保9处、省保43处、市保126处，合计178处。预算执行10分得9.8分，产出50分得48.5分，"
    "效益30分得28分，满意度10分得9.5分，总分95.8分。",
    "marks lost by item": "得分94.3分。扣分5.7分，其中预算执行扣0.5分，产出扣2.2分，效益扣3分。",
    "what adds up is no rest": "年初预算2,406.0万元，加上上年结转118.6万元和追加795.4万元，总计3,320.0万元。",
    "the year before in brackets": "成交额8.9亿元，同比增长17.1%（上年7.6亿元），其中输出3.4亿元、吸纳5.5亿元。",
    "with and without tax": "执行374.4万元，其中物资购置218.6万元（含税），不含税193.5万元。",
    "above one bar and below another": "增长2.8%，增速高于全市（1.9%）0.9个百分点、低于年初预期（6%）3.2个百分点。",
    "the rest of a whole and its own fall": "进出口38.4亿元，其中出口26.1亿元、增长1.2%，进口12.3亿元、下降12.1%。",
    "a target of a later year": "培训目标170人，培训180人。人均场地面积2.41平方米，“十四五”目标2.6平方米（2025年）。",
    "half of it paid by others": "投保18,300只，每只保费60元，补一半30元，18,300只补54.9万元。",
    "a growth is not shared out": "决算962.1万元，比上年增41.63万元。年末在职20人，人均公用支出2.31万元。",
    "another year of another thing": "全年接待读者86,420人次，办证1,206人。2021年外借图书为31.2万册，与往年持平。",
    "a year told of a part": "支出29.0万元，其中车辆27.8万元、接待1.2万元。2021年接待费为1.5万元，下降20.0%。",
    "a rate of its own base": SPENDING + "\n护岸项目另有配套，亩均投资3.1万元，系省级核定数。",
    "a loss kept below its bound": "病虫危害损失率控制在3.8%以内，目标5%以内。培训计划60人，实际63人。",
    "targets and results in two lists": "要求网办率不低于90%、一次办结率不低于99%，分别为96.6%、99.4%，均完成。",
    "a target in other words": "一、绩效目标\n护理员持证率达到90%，外出招商不少于60批次。\n二、完成情况\n护理员412人，"
    "有证的379人，占91.99%。小分队赴沿海39次、赴京津25次，共64次。",
    "rules and prices for each": "慰问标准按规定每户不高于800元；误餐补助每人每天不超过60元。",
    "next year's bounds": "一、绩效目标\n登记失业率控制在4.5%以内。\n二、完成情况\n登记失业率4.12%。\n三、2031年计划\n"
    "登记失业率不高于4.5%。",
    "a bound kept in every part": "一、绩效目标\n抽检合格率不低于98%。\n二、完成情况\n合格率保持在98%以上，其中"
    "蔬菜99.2%、水产98.4%。",
    "one of several that answer": "消毒目标不少于5万人次，医疗机构4.1万人次，社区1.3万人次，任务全面完成。",
    "a quarter of the year": "断面优良比例目标为80%，一季度75%，二季度81.3%，全年均值82.8%，完成年度目标。",
    "one bar of two": "市里考核目标为85%，本区自定目标为90%，实际87.6%，市级考核目标已实现。",
    "a fall aimed at": "单位能耗目标下降3%，实际下降3.6%，其中交通运输下降2.1%，均完成任务。",
    "as many as were put in its place": "年初目标植树20万株，6月因旱情调到18万株，验收18.3万株，按新目标已完成。",
    "fewer by so many": "计划招录20人，实际招录18人，少招2人。要求不低于500人，到场486人，多为老人，缺席14人已补训。",
    "what a fall from the target leaves": "分配虚拟机4160台，低负载被回收452台，仍在用3708台。",
    "the year before under the same name": "上年满意度91.3%，本年满意度93.1%。",
    "an average of so many projects": "新增收入2.7亿元，为29个项目合计，户均931万元。",
    "what a rate is not of": "食堂食材抽检318批次，检出不合格4批次，合格率98.74%。",
    "one of two that make up the whole": "合格1,809批次，合格率97.57%；不合格的45批次全部立案核查。",
    "an average over both counts": "集中供养486人，分散供养2,094人，供养资金3,105.80万元，平摊到每人每年12,038元。",
    "parts that are no whole, with a rate of their own": "当事人回访540人次，满意的483人次，基本满意的36人次，"
    "合并满意率96.11%。",
    "grades of answers and a rate in a table": "指标\t目标值\t完成值\n场馆满意度\t≥85%\t90.1%\n\n问卷结果："
    "非常满意623人，满意298人，一般84人，不满意17人。",
    "brought down from so many": "噪声投诉由534件降为397件，降幅25.7%，即一年少了137件。",
    "so many for every ten thousand": "县域人口58.2万人，储备物资15,504件，每万人拥有储备物资266件。",
    "by how much a target was passed": "选择“满意”的418份，“比较满意”的157份，合计满意度94.0%，超出年初设定的90%目标。",
    "people of all, not of those who came": "队员由486人扩充到530人，净增44人，其中持有急救证的371人。",
    "a bound of what each gets": "参保286.47万人，财政补助26.93亿元，补助标准不低于每人640元。",
    "a loss in brackets": "科目｜预算（元）｜支出（元）｜差额（元）\n监测｜2,340,000｜2,318,760｜21,240\n"
    "采样｜1,125,000｜1,090,600｜34,400\n清淤｜6,480,000｜6,712,500｜（232,500）\n整治｜3,960,000｜3,441,920｜518,080\n",
    "a price for one of them": "包机186架次，花费2,860.00万元，专列23趟，花费418.20万元，宣传费876.50万元。"
    "每引来一人次，财政掏44.14元。",
    "marks lost, item by item, behind their sum": "百分制打93.5分，扣掉的6.5分：任务没足额完成扣3分，资金偏集中扣2分，"
    "档案不齐扣1.5分。",
    "people in bare myriads beside money": "县级投入300万，覆盖企业1.5万，市级投入200万，共500万。",
    "vaccinations for free in bare myriads": "计划免费接种32万，实际免费接种30万，完成率95%。",
    "sums of money without their unit": "县财政给专项865万，省里转移支付420万，乡镇凑了96.5万，加一块1,381.5万。",
}

WRONG = {
    "more than planned by so many": "烘干中心计划训640人次，期数没少，实训608人次，多训了32人次。",
    "more than planned by any": "暴雨预警平均提前38分钟发出，指标值为提前40分钟，多出7分钟。",
    "a target of a list": "一、年初目标\n年初下达的目标：新建足球场6片、登山步道20公里。\n二、完成\n新建足球场6片。"
    "登山步道原定25公里，实际修通18.6公里，其余因林地手续延后。",
    "parts that overlap": "享受补贴7,565人，其中生活补贴4,120人、护理补贴5,038人，同时领取两项的1,503人。",
    "a subtotal": "支出386.75万元，其中人员经费155.6万元，公用经费86.7万元；项目支出154.45万元。",
    "a rate of its own name": "发问卷500份，462份满意，满意率92.4%。总的看，满意率达到94.2%。",
    "more by so many": "比前一年的150场多30场，增加21%。",
    "a rate with a decimal": "受理312件，办结295件，办结率95.4%。",
}


@pytest.mark.parametrize("path", QUIET, ids=lambda path: path.stem)
def test_nothing_firm_is_said_of_a_right_report(path: Path) -> None:
    assert [found.message for found in findings_of(path.read_text(encoding="utf-8")) if not found.is_hint] == []


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_nothing_firm_is_said_of_right_figures(text: str) -> None:
    assert [found.message for found in findings_of(text + "\n") if not found.is_hint] == []


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_wrong_figures_beside_such_are_found(text: str) -> None:
    assert [found for found in findings_of(text + "\n") if not found.is_hint]


def test_what_is_expected_is_printed_as_the_figure_is() -> None:
    found = findings_of("受理312件，办结295件，办结率94.9%。\n")
    assert [each.expected for each in found if not each.is_hint] == ["94.6%"]
